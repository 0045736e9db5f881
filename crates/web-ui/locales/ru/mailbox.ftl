# Письма в папке — для тех, кто разрабатывает на этой машине.
mailbox-heading = Письма в папке
mailbox-lead = SMTP_URL не задан, поэтому эти письма никому не ушли. Страница есть только при разработке.
mailbox-empty = Писем пока нет. Сделайте пожертвование!
mailbox-from = От
mailbox-to = Кому
mailbox-written = Написано
mailbox-files = Вложения
mailbox-size = { $kilobytes } КБ
mailbox-html = В виде HTML
mailbox-text = В виде текста
