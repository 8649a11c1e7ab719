from django.contrib import admin

from lecen.domains.accounts.models import User
from lecen.kernel.administration import ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ["email", "name", "language", "is_active", "joined_at"]
    fields = ["email", "name", "language", "is_active", "is_staff", "joined_at", "last_login"]
    search_fields = ["email", "name"]
    ordering = ["email"]
