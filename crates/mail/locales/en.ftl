# The letters' texts. The keys are the same in every language; a test checks that.
brand = Let’s plant trees
hello = Hello,
hello-name = Dear { $name },
test-mode = Test mode: no real money moved.
if-button-fails = If the button does not work, open this address:
open-donation = Open your donation
why-donation = You get this mail because this address was given with a donation on our site.
why-account = You get this mail because this address was entered on our site.

fact-certificate = Certificate
fact-campaign = Campaign
fact-amount = Amount
fact-trees = Trees
fact-given-back = Given back
fact-left = Left of the donation

thanks-subject = Thank you! Certificate { $number }
thanks-heading = Thank you!
thanks-lead = { $trees-count ->
    [0] Your { $amount } help to plant new trees.
    [one] Your { $amount } will become { $trees } tree.
   *[other] Your { $amount } will become { $trees } trees.
}
thanks-attached = Your certificate is attached as a PDF. Anybody can check that it is genuine.
check-certificate = Check the certificate
thanks-again-subject = New certificate { $number }
thanks-again-heading = Your new certificate
thanks-left = A part of your donation went back to you: { $amount } of { $whole } are left.
thanks-replaces = This certificate replaces { $earlier }, which is no longer valid.

failed-subject = The payment did not go through
failed-heading = The payment did not go through
failed-lead = The payment of { $amount } did not go through, and no money was taken.
failed-button = Try again
failed-note = You need not fill in anything again: the link leads to your donation.
failure-not-enough-money = There is not enough money on the card. Please try another card.
failure-limit-exceeded = A limit of the card was exceeded. Raise it in your bank’s app or try another card.
failure-card-data = The card’s data were not accepted. Check its number, date and code.
failure-not-confirmed = The payment was not confirmed in time. Try again and confirm it in your bank’s app or by a code.
failure-bank-refused = The bank declined the payment. Contact your bank or try another card.
failure-technical-fault = The bank or the payment service had a fault. Please try again in a few minutes.
failure-payer-cancelled = The payment was cancelled.
failure-unknown = Try again, or another card.

refund-subject = Money has been given back
refund-heading = Money has been given back
refund-part = { $amount } of your donation of { $donation } went back to your card.
refund-whole = { $amount } went back to your card: your whole donation.
refund-rest = { $amount } went back to your card. Now all of your donation of { $donation } has been given back.
refund-second-payment = The donation had been paid twice. The second payment, { $amount }, went back to your card. The donation itself stands.
refund-uncounted = { $amount } went back to your card.
refund-bank = The bank takes 3 to 7 days to show it.
refund-certificate-stays = Certificate { $number } stays valid.
refund-certificate-replaced = Certificate { $earlier } is no longer valid. { $number } takes its place; it comes in a mail of its own.
refund-certificate-withdrawn = Certificate { $number } is no longer valid.

confirm-subject = Confirm your address
confirm-heading = Confirm your address
confirm-lead = Somebody has registered on our site with this address. If it was you, confirm that the address is yours: then the donations that you have made with it before appear in your account.
confirm-button = Confirm the address
confirm-valid = { $days-count ->
    [one] The link counts for { $days } day.
   *[other] The link counts for { $days } days.
}
confirm-not-you = If it was not you, do not open it: a stranger would see your donations.

reset-subject = A new password
reset-heading = A new password
reset-lead = A new password was asked for the account with this address. This link lets you choose it.
reset-button = Choose a new password
reset-valid = { $hours-count ->
    [one] The link counts for { $hours } hour, and once.
   *[other] The link counts for { $hours } hours, and once.
}
reset-not-you = If it was not you, do nothing: the password stays as it is.
