"""Names of people, streets, schools and places that are put together at random, and belong to nobody."""

from __future__ import annotations

from typing import Final

GIRLS: Final = (
    "Agnes", "Alberte", "Anika", "Astrid", "Beate", "Clara", "Dina", "Ea", "Ella", "Esther", "Fatima", "Filippa",
    "Gry", "Hjørdis", "Ingrid", "Isolde", "Jasmin", "Karla", "Kaya", "Leonora", "Lærke", "Marie", "Merle", "Naja",
    "Olivia", "Petra", "Rosa", "Saga", "Selma", "Signe", "Thea", "Ulla", "Vigga", "Yrsa", "Zahra", "Æbba", "Ørne",
    "Åsta",
)  # fmt: skip
BOYS: Final = (
    "Adam", "Aksel", "Anker", "Arne", "August", "Bertram", "Carl", "Christian", "David", "Elias", "Erik", "Felix",
    "Frederik", "Gustav", "Hans", "Ibrahim", "Jens", "Johannes", "Kasper", "Lauge", "Louis", "Lukas", "Malthe",
    "Marius", "Mathias", "Niels", "Otto", "Pelle", "Rasmus", "Silas", "Theis", "Ulrik", "Viktor", "Villads", "William",
    "Zakarias", "Ægir", "Øjvind", "Åge",
)  # fmt: skip
WOMEN: Final = (
    "Anne", "Anja", "Bente", "Birgitte", "Camilla", "Dorte", "Ditte", "Eva", "Gitte", "Hanne", "Heidi", "Inge",
    "Janni", "Katrine", "Kirsten", "Lena", "Lise", "Maria", "Marianne", "Mette", "Nanna", "Pernille", "Rikke", "Sanne",
    "Sofie", "Susan", "Tanja", "Tina", "Ulla", "Vibeke",
)  # fmt: skip
MEN: Final = (
    "Allan", "Anders", "Bjarne", "Brian", "Carsten", "Christian", "Claus", "Daniel", "Erik", "Flemming", "Henrik",
    "Jakob", "Jan", "Jesper", "Johnny", "Kenneth", "Kim", "Lars", "Martin", "Michael", "Mikkel", "Ole", "Per", "Peter",
    "René", "Søren", "Thomas", "Tommy", "Torben", "Uffe",
)  # fmt: skip
SURNAMES: Final = (
    "Aagesen", "Agerholm", "Andreasen", "Bagger", "Bjerregaard", "Blicher", "Brøndum", "Bækgaard", "Dahlin",
    "Degn", "Egelund", "Enevoldsen", "Fabricius", "Frandsen", "Gade", "Grønkjær", "Halkjær", "Hauge", "Hviid",
    "Højbjerg", "Ibsen", "Jacobi", "Kjærulff", "Knudsgaard", "Kolind", "Krabbe", "Lynggaard", "Lysholt", "Markussen",
    "Mølgaard", "Nygaard", "Nørskov", "Odgaard", "Overby", "Pallesen", "Præstholm", "Raaby", "Riis", "Rømer",
    "Sandholt", "Schou", "Skaarup", "Stampe", "Thorup", "Tønder", "Uhre", "Vestergaard", "Vium", "Warming", "Ølgaard",
)  # fmt: skip
STREETS: Final = (
    "Kastanjehaven", "Teglparken", "Engdraget", "Pilehegnet", "Højlunden", "Solvænget", "Bakkesvinget", "Rosenbakken",
    "Vesterled", "Nørrebred", "Kajgaden", "Industrivænget", "Skovkanten", "Langagervej", "Plantagevej", "Åbrinken",
    "Møllestræde", "Bryggertorvet", "Stationsgyden", "Grænsevej",
)  # fmt: skip
TOWNS: Final = (("7494", "Lyngdal"), ("7495", "Hedelund"), ("7496", "Birkhede"), ("7497", "Søndermose"))
"""Made-up towns on postcodes that no town has."""
DISTRICTS: Final = ("Nord", "Syd", "Midtby", "Hedelund")
SCHOOLS: Final = (
    "Lyngdal Skole",
    "Åparkens Skole",
    "Hedelund Skole",
    "Birkhede Friskole",
    "Søndermose Skole",
)
DAY_CARE: Final = (
    "Børnehuset Solsikken",
    "Børnehuset Elverhøj",
    "Børnehuset Troldhøj",
    "Vuggestuen Lærkereden",
)
GROUPS: Final = ("Mariehønerne", "Bierne", "Egernene", "Pindsvinene", "Spirerne", "Ræveungerne")
PLACES: Final = (*SCHOOLS, "Rådhuset, mødelokale 1", "Familiehuset Lyngdal")
"""Where meetings are held."""
STARTS: Final = (
    "8.15", "9.00", "9.30", "10.15", "12.30", "13.00", "13.45", "14.30", "15.00", "15.30", "16.00",
)  # fmt: skip
"""When meetings begin."""
HELP: Final = (
    (("contact_person",), "Ungeteamet", "En voksen ved siden af barnet i fritiden."),
    (("family_treatment",), "Familiehuset Lyngdal", "Forældrene får øvelse i en hverdag, der hænger sammen."),
    (("private_contact",), "En nabo", "Barnet har et sted at være en eftermiddag om ugen."),
    (
        ("foster_general", "foster_ordinary"),
        "Plejefamilie i Birkhede",
        "Et trygt hjem, mens forældrene får hjælp.",
    ),
    (("home_support",), "Familiehuset Lyngdal", "Støtte i hjemmet omkring morgen og aften."),
)
"""What may be done for an invented child: entries of the catalogue, by whom, what for."""
RHYTHM_REASONS: Final = "Indsatsen er kommet godt i gang, og familien ringer selv, hvis noget ændrer sig."
RHYTHM_WISH: Final = "Barnet vil gerne vide i god tid, hvornår vi kommer."
PLAN_PURPOSE: Final = "{barn} har en hverdag, der hænger sammen."
GOAL: Final = {
    "text": "{barn} kommer i skole eller dagtilbud hver dag.",
    "specific": "{barn} bliver fulgt helt ind de første tre uger og ringer hjem kl. 12.",
    "measurable": "Personalet tæller dage med fremmøde.",
    "attractive": "{barn} vil gerne nå at lege, før timen begynder.",
    "realistic": "{mor} møder først kl. 9.",
    "time_bound": "Inden næste opfølgning.",
}
