"""What differs from desktop to desktop: notifications, start at login, sleep, one instance."""
