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

why-operator = This mail goes to those who answer for the donations on this server. The setting ALERT_EMAILS says who they are.
alert-clock = Times are Kazakhstan's (UTC+5).
alert-more = And { $total } more. The first link shows them all.
alert-page-button = Open the administration
alert-over-todo = There is nothing to do. If it happens again, another mail will say so.

alert-review-subject = Donations to be looked at: { $total }
alert-review-heading = Somebody has to look
alert-review-lead = Money came in another way than expected, and a person has to decide what becomes of it.
alert-review-todo = Open each donation and read its history. Give back what is too much, or close the review and say why.
alert-review-button = Donations to be looked at
review-amount-mismatch = The amount differs
review-paid-twice = Paid twice
review-paid-late = Paid too late

alert-day-subject = The books differ from Ioka's, days: { $total }
alert-day-heading = The books differ
alert-day-lead = Ioka's list of the day differs from ours, and that has not settled itself.
alert-day-todo = Open the day: each difference says what it is and what settles it.
alert-day-button = Open the reconciliation
alert-day-item = { $day }, differences: { $differences }

alert-job-subject = Background work has stopped: { $total }
alert-job-heading = Work has stopped
alert-job-lead = The server has tried this many times, and will not try again by itself.
alert-job-todo = The list of jobs says what was in the way. Remove the cause and start the job again.
alert-job-button = Jobs that stopped
work-certificate = Mail with a certificate
work-certificate-again = Mail with a certificate, once more
work-decline = Mail about a declined payment
work-refund = Mail about a refund
work-duplicate = Refund of a second payment
work-confirm = Mail that proves an address
work-reset = Mail about another password

alert-gateway-subject = Ioka does not answer
alert-gateway-lead = The server cannot reach Ioka. Until it does, no payment can be begun, and paid orders may be confirmed later.
alert-gateway-todo = See whether the server reaches the internet, and whether Ioka has an outage. Nothing is lost: the server asks about every order as soon as Ioka answers.
alert-key-subject = Ioka refuses our key
alert-key-lead = Ioka answers, and refuses: the key was revoked or replaced, or belongs to another environment. Until that is settled nobody can pay.
alert-key-todo = Get a valid key from Ioka's back office, set IOKA_API_KEY to it, restart the server, and see what "donations check" says.
alert-gateway-over-subject = Ioka answers again
alert-gateway-over-lead = The server reaches Ioka again, and payments go through.

alert-webhooks-subject = No webhooks come from Ioka
alert-webhooks-lead = Orders are paid, but we learn of it only by asking: no webhook has arrived. Donations are completed, but late.
alert-webhooks-todo = Look up the webhooks' address and signing key in Ioka's back office, and see whether that address can be reached from the internet.
alert-webhooks-button = Open the deliveries
alert-webhooks-over-subject = Webhooks come from Ioka again
alert-webhooks-over-lead = A webhook came from Ioka: they arrive again.
fact-orders = Orders found paid

alert-brake-subject = New payments are stopped
alert-brake-lead = No payment can be begun now: an operator has pulled the brake. Payments under way, webhooks and refunds go on.
alert-brake-todo = Release the brake when the cause is gone.
alert-brake-over-subject = New payments are let through again
alert-brake-over-lead = An operator has released the brake.
fact-reason = Reason
fact-since = Since
fact-until = Until

summary-subject = The day { $day }
summary-heading = The day { $day }
summary-quiet = Nothing waits for you.
summary-waits = Something waits for you: see the last lines.
summary-note = A day is from midnight to midnight in Kazakhstan. Test payments are not counted.
fact-begun = Donations begun
fact-paid = Paid
fact-refunded = Given back
fact-declined = Payments declined
fact-reviews = Wait to be looked at
fact-parked = Jobs that stopped
fact-days-differ = Days that differ
fact-days-not-compared = Days not compared
