# Mails in a folder, for whoever develops on this machine.
mailbox-heading = Mails in the folder
mailbox-lead = SMTP_URL is not set, so these mails went to nobody. This page is there in development only.
mailbox-empty = No mail yet. Donate something!
mailbox-from = From
mailbox-to = To
mailbox-written = Written
mailbox-files = Attachments
mailbox-size = { $kilobytes } KB
mailbox-html = As HTML
mailbox-text = As plain text
