"""live values in a row a thing and changes in a row an operation and thing; both are made anew from the log"""

from alembic import op
import sqlalchemy as sa


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

# tables that carry no version are refilled from the log when the store is opened
FORGET = "DELETE FROM meta WHERE key = 'projection_version'"


def upgrade() -> None:
    op.drop_table('heads')
    op.drop_table('changes')
    op.create_table('heads',
    sa.Column('entity', sa.BLOB(length=16), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('entity', name=op.f('pk_heads'))
    )
    op.create_table('changes',
    sa.Column('entity', sa.BLOB(length=16), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('fields', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('entity', 'no', name=op.f('pk_changes')),
    sqlite_with_rowid=False
    )
    op.execute(FORGET)


def downgrade() -> None:
    op.drop_table('heads')
    op.drop_table('changes')
    op.create_table('heads',
    sa.Column('entity', sa.BLOB(length=16), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('op_id', sa.BLOB(length=16), nullable=False),
    sa.Column('entity_type', sa.Text(), nullable=False),
    sa.Column('hlc', sa.Integer(), nullable=False),
    sa.Column('author', sa.BLOB(length=16), nullable=False),
    sa.Column('value', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('entity', 'field', 'op_id', name=op.f('pk_heads')),
    sqlite_with_rowid=False
    )
    op.create_table('changes',
    sa.Column('entity', sa.BLOB(length=16), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('entity', 'no', 'field', name=op.f('pk_changes')),
    sqlite_with_rowid=False
    )
    op.execute(FORGET)
