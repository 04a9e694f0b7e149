"""what a store keeps for a hub: cursors, cards, grants, quarantine, marks of files"""

from alembic import op
import sqlalchemy as sa


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

CLEAR = sa.text("key_id = x'00000000000000000000000000000000'")


def upgrade() -> None:
    op.add_column('operations', sa.Column('device', sa.BLOB(length=16), nullable=True))
    op.add_column('operations', sa.Column('arrived', sa.Integer(), server_default='0', nullable=False))
    op.add_column('operations', sa.Column('cancels', sa.Integer(), server_default='0', nullable=False))
    op.add_column('operations', sa.Column('pushed_ms', sa.Integer(), nullable=True))
    op.create_index('ix_operations_clear', 'operations', ['stream_id', 'no'], sqlite_where=CLEAR)
    op.create_index('ix_operations_waiting', 'operations', ['no'], sqlite_where=sa.text("state != 'applied'"))
    op.create_table('cursors',
    sa.Column('stream_id', sa.BLOB(length=16), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('chain', sa.LargeBinary(), nullable=False),
    sa.Column('closed', sa.Integer(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('stream_id', name=op.f('pk_cursors')),
    sqlite_with_rowid=False
    )
    op.create_table('grants',
    sa.Column('stream_id', sa.BLOB(length=16), nullable=False),
    sa.Column('key_id', sa.BLOB(length=16), nullable=False),
    sa.Column('device', sa.BLOB(length=16), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('stream_id', 'key_id', 'device', name=op.f('pk_grants')),
    sqlite_with_rowid=False
    )
    op.create_table('incarnations',
    sa.Column('incarnation', sa.BLOB(length=16), nullable=False),
    sa.Column('device', sa.BLOB(length=16), nullable=False),
    sa.PrimaryKeyConstraint('incarnation', name=op.f('pk_incarnations')),
    sqlite_with_rowid=False
    )
    op.create_table('devices',
    sa.Column('device', sa.BLOB(length=16), nullable=False),
    sa.Column('user', sa.BLOB(length=16), nullable=False),
    sa.Column('author', sa.BLOB(length=16), nullable=False),
    sa.Column('signing', sa.LargeBinary(), nullable=False),
    sa.Column('exchange', sa.LargeBinary(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('made_ms', sa.Integer(), nullable=False),
    sa.Column('revoked', sa.Integer(), nullable=False),
    sa.Column('vouched', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('device', name=op.f('pk_devices')),
    sqlite_with_rowid=False
    )
    op.create_table('people',
    sa.Column('user', sa.BLOB(length=16), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('mail', sa.Text(), nullable=False),
    sa.Column('leader', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('user', name=op.f('pk_people')),
    sqlite_with_rowid=False
    )
    op.create_table('quarantine',
    sa.Column('id', sa.BLOB(length=16), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('stream_id', sa.BLOB(length=16), nullable=False),
    sa.Column('op_id', sa.BLOB(length=16), nullable=True),
    sa.Column('stream_seq', sa.Integer(), nullable=True),
    sa.Column('device', sa.BLOB(length=16), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at_ms', sa.Integer(), nullable=False),
    sa.Column('header', sa.LargeBinary(), nullable=False),
    sa.Column('payload', sa.LargeBinary(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quarantine'))
    )
    op.create_index('ix_quarantine_op_id', 'quarantine', ['op_id'])
    op.create_table('blob_marks',
    sa.Column('stream_id', sa.BLOB(length=16), nullable=False),
    sa.Column('sha256', sa.BLOB(length=32), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.BLOB(length=16), nullable=True),
    sa.Column('name', sa.BLOB(length=32), nullable=True),
    sa.Column('sent', sa.Integer(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('stream_id', 'sha256', name=op.f('pk_blob_marks')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_blob_marks_unsent', 'blob_marks', ['stream_id'], sqlite_where=sa.text('sent = 0'))
    op.create_index('ix_blobs_absent', 'blobs', ['sha256'], sqlite_where=sa.text('body IS NULL'))
    op.execute('INSERT INTO blob_marks (stream_id, sha256, size) SELECT stream_id, sha256, size FROM blobs')
    # every key of a store of before had this device as its only receiver
    op.execute('INSERT INTO grants SELECT stream_id, key_id, device_id, 1 FROM stream_keys, device')


def downgrade() -> None:
    op.drop_index('ix_blobs_absent', 'blobs')
    op.drop_index('ix_blob_marks_unsent', 'blob_marks')
    op.drop_table('blob_marks')
    op.drop_index('ix_quarantine_op_id', 'quarantine')
    for table in ('quarantine', 'people', 'incarnations', 'devices', 'grants', 'cursors'):
        op.drop_table(table)
    op.drop_index('ix_operations_waiting', 'operations')
    op.drop_index('ix_operations_clear', 'operations')
    for column in ('pushed_ms', 'cancels', 'arrived', 'device'):
        op.drop_column('operations', column)
