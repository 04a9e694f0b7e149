"""The section Plan og opfølgning: interventions, deadlines, and what is done about them."""
