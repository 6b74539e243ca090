"""Create announcement."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("persistence", "0001_create_market")]

    operations = [
        migrations.CreateModel(
            name="AnnouncementRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "announcement", "db_table": "announcement"},
        ),
    ]
