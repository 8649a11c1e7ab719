import modelsearch.index
from django.db import migrations, models

TABLE = "modelsearch_indexentry_fts"
COLUMNS = "autocomplete, body, title"


def _rebuild(schema_editor, options):
    """SQLite cannot change a full-text table: make it anew and fill it from the entries it stands for."""
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute(f"DROP TABLE {TABLE}")
    schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5({COLUMNS}{options})")
    schema_editor.execute(
        f"INSERT INTO {TABLE} (rowid, {COLUMNS}) SELECT id, {COLUMNS} FROM modelsearch_indexentry"
    )


def stem(apps, schema_editor):
    _rebuild(schema_editor, ", tokenize='porter unicode61 remove_diacritics 2'")


def stem_no_more(apps, schema_editor):
    _rebuild(schema_editor, "")


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0001_initial'),
        ('modelsearch', '0004_rename_modelsear_autocom_476c89_gin_modelsearch_autocom_ea8581_gin_and_more'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=60)),
                ('object_id', models.UUIDField()),
                ('title', models.TextField()),
                ('body', models.TextField(blank=True)),
            ],
            options={
                'verbose_name_plural': 'search entries',
                'constraints': [models.UniqueConstraint(fields=('source', 'object_id'), name='search_entry_once')],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.RunPython(stem, stem_no_more, elidable=False),
    ]
