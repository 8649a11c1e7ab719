from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):

    dependencies = [
        ("engagement", "0002_event_place_may_be_empty"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="changed_at",
            field=models.DateTimeField(default=timezone.now, verbose_name="last changed"),
            preserve_default=False,
        ),
    ]
