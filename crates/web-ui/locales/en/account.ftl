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
