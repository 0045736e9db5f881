# Texts for people who sign in.
account-nav = Your account
sign-in-link = Sign in
my-donations-link = My donations
sign-out-button = Sign out
giving-as = You are donating as { $name }, { $email }.

message-foreign-form-heading = This did not come from our page
message-foreign-form-text = Another site tried to send a form in your name. Nothing has happened. If it was you, open the page here and send it again.
message-stale-form-heading = This page is out of date
message-stale-form-text = You have signed in or out since it was opened, so nothing was sent. Open the page again and repeat what you did.
message-no-certificate-heading = There is no certificate
message-no-certificate-text = It is made as soon as the donation is paid, and no longer counts once all of the money was given back.
message-mail-on-its-way-heading = Look in your mail
message-mail-on-its-way-text = If there is an account with this address, a link to choose a new password is on its way. It works for one hour.
message-account-deleted-heading = Your account is deleted
message-account-deleted-text = Your name and address have been erased from it and from its donations. Thank you for every tree.

password-label = Password
new-password-label = New password
password-hint = At least 10 characters. A few words in a row are easy to remember and hard to guess.
error-password-required = Enter the password.
error-password-short = At least { $min-count ->
    [one] { $min } character
   *[other] { $min } characters
}.

page-sign-in-heading = Sign in
page-sign-in-lead = See your donations and certificates.
page-sign-in-button = Sign in
sign-in-wrong = The address or the password is wrong.
to-sign-in = I have an account: sign in
to-sign-up = No account yet? Create one
to-forgot-password = Forgot your password?
page-sign-up-heading = Create an account
page-sign-up-lead = Your donations and certificates stay together, and next time you type less.
page-sign-up-button = Create the account
sign-up-taken = There is an account with this address already. Sign in, or choose a new password.
page-forgot-password-heading = A new password
page-forgot-password-lead = Enter your address, and we will send you a link.
page-forgot-password-button = Send the link
page-reset-password-heading = Choose a new password
page-reset-password-lead = You will be signed out everywhere, and sign in with the new password.
page-reset-password-button = Save the password
page-confirm-email-heading = Confirm your address
page-confirm-email-lead = Then what you have given from this address without signing in joins your donations too.
page-confirm-email-button = Confirm
to-another-link = Send me another link
link-over-reset = This link has been used or is too old. Ask for another one.
link-over-confirm = This link has been used or is too old. If your address is not confirmed yet, your account’s page sends another one.
notice-password = The password is changed. Sign in with the new one.
notice-confirmed = Your address is confirmed.
notice-confirmed-sign-in = Your address is confirmed. Sign in to see your donations.
notice-everywhere = You are signed out everywhere.
notice-mail = The mail is on its way. If it has not come in a few minutes, look in the spam folder.

mine-heading = My donations
mine-none = You have not donated yet.
mine-unconfirmed = We have sent you a mail: confirm your address with it, and what you have given from it without signing in joins this list.
mine-certificate = Certificate (PDF)
mine-pages = Pages of the list
mine-newest = Newest
mine-older = Older
mine-account = Account settings

account-heading = Your account
account-email-state = Confirmation
account-confirmed = Confirmed
account-unconfirmed = Not confirmed yet
account-why-confirm = Open the link in our mail. Once the address is confirmed, what you have given from it without signing in joins your donations.
account-confirm-again = Send the mail again
everywhere-heading = Sign out everywhere
everywhere-text = If you have used somebody else’s computer or lost a phone: every device is signed out, this one too.
everywhere-button = Sign out everywhere
account-delete-heading = Delete the account
account-delete-text = Your name and address are erased, in the account and on its donations and certificates. The donations stay in the books without them. This cannot be undone.
account-delete-button = Delete the account
account-delete-wrong = This is not your password. Nothing has been deleted.
