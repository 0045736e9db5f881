# The pages' texts. Every language has the same keys; a test checks it.
brand = Let’s plant trees
skip-link = Skip to the content
language-nav = Language
test-mode = Test mode: no money moves.
footer-text = Every donation becomes trees on Kazakhstan’s soil.
footer-secure = You pay on the payment service’s protected page. We never see or keep your card.

trees = { $trees-count ->
    [one] { $trees } tree
   *[other] { $trees } trees
}
price = One tree is { $price }
donate-lead = You choose the amount; we plant the trees and look after them. It takes a minute.
step-choose = Choose an amount
step-pay = Pay by card
step-grow = We plant the trees, and you get a numbered certificate with your name

form-heading = Your donation
amount-legend = How many trees shall we plant?
own-label = Or enter your own
amount-label = Amount, ₸
trees-label = Number of trees
count-button = Work it out
amount-hint = Fill in one; the other follows from it. The choice above does not count then.
amount-limits = From { $min } to { $max }.
donor-legend = About you
name-label = Name
email-label = E-mail
email-hint = To reach you about your donation. We give it to nobody.
certificate-name-label = Name on the certificate
certificate-name-hint = If it is a gift, for example. Left empty, it is your name.
message-label = Message
message-hint = Your message will be seen on the site beside your donation. Leave out phone numbers and addresses.
anonymous-label = Do not show my name in public
optional = optional
donate-button = Go to payment
donate-note = A protected payment page will open.

error-title = Error: { $title }
error-summary = Please check:
error-amount-required = Choose an amount or enter your own.
error-amount-number = Enter the amount as a whole number of tenge, such as 5000.
error-amount-min = The least is { $min }.
error-amount-max = The most is { $max }.
error-trees-number = Enter a whole number of trees, such as 10.
error-trees-disagree = { $amount } pays for { $trees-count ->
    [one] { $trees } tree
   *[other] { $trees } trees
}, but another number was entered. Please leave only one of the two.
error-name-required = Enter your name.
error-email-required = Enter your e-mail address.
error-email = Check the e-mail address: it should look like name@example.com.
error-blank = Leave the field empty or write something in it.
error-too-long = At most { $max-count ->
    [one] { $max } character
   *[other] { $max } characters
}.
error-unprintable = A certificate cannot show: { $characters } Write the name without these characters.
error-control-character = Remove line breaks and invisible characters.

status-pending = Waiting for payment
status-awaiting-payment = Waiting for payment
status-failed = Not paid
status-cancelled = Cancelled
status-completed = Paid
status-partially-refunded = Partly refunded
status-refunded = Refunded
status-review = Being checked

completed-heading = Thank you!
completed-trees = { $trees-count ->
    [0] Your gift helps to plant new trees.
    [one] Because of you, { $trees } tree will grow.
   *[other] Because of you, { $trees } trees will grow.
}
completed-lead = We have received your donation of { $amount }.
partly-refunded-heading = A part of your donation was refunded
partly-refunded-lead = We have sent { $refunded } back to you. When it reaches your card depends on the bank.
partly-refunded-trees = { $trees-count ->
    [0] The rest helps to plant new trees. Thank you!
    [one] The rest becomes { $trees } tree. Thank you!
   *[other] The rest becomes { $trees } trees. Thank you!
}
refunded-heading = Your donation was refunded
refunded-lead = We have sent the whole amount back. When it reaches your card depends on the bank.
review-heading = We are checking the payment
review-lead = The amount we received is not the amount of the donation. Please do not pay again: somebody of us will look into it and contact you.
failed-heading = The payment did not go through
failed-but-paid = If you have paid meanwhile, wait a little: the page updates by itself.
cancelled-heading = The donation was not paid
cancelled-lead = The payment was cancelled, or its time ran out. You can try again.
waiting-heading = Waiting for the bank
waiting-lead = This usually takes a few seconds. The page updates by itself.
waiting-unpaid = Not paid yet? Go back to the payment.
waited-heading = No answer yet
waited-lead = Sometimes the bank needs longer. If you have paid, all is well: your donation will be counted even if you close this page.
unpaid-heading = One step left: the payment
unpaid-lead = Your donation is noted and waits for its payment.
gateway-failed = The payment page could not be opened. Please try again in a minute.
go-to-payment = Go to payment
try-again = Try again
look-again = Check again
stop-refreshing = Stop updating this page automatically
give-again = Make another donation
details-heading = Details

fact-campaign = Campaign
fact-amount = Amount
fact-date = Paid on
fact-refunded = Refunded
fact-trees = Trees
fact-name = Name on the certificate
certificate-link = Your certificate (PDF)
fact-certificate = Certificate number
fact-email = E-mail
fact-number = Donation number

failure-not-enough-money = There is not enough money on the card. Please try another card.
failure-limit-exceeded = A limit of the card was exceeded. Raise it in your bank’s app or try another card.
failure-card-data = The card’s data were not accepted. Check its number, date and code.
failure-not-confirmed = The payment was not confirmed in time. Try again and confirm it in your bank’s app or by a code.
failure-bank-refused = The bank declined the payment. Contact your bank or try another card.
failure-technical-fault = The bank or the payment service had a fault. Please try again in a few minutes.
failure-payer-cancelled = The payment was cancelled.
failure-unknown = The payment did not go through. Try again, or another card.

to-home = To the donation page
message-no-donation-heading = Donation not found
message-no-donation-text = Please check the link. If you donated with your account, sign in: it is shown to you alone.
message-no-page-heading = There is no such page
message-no-page-text = Please check the address, or start from the donation page.
message-method-heading = This page cannot be opened that way
message-method-text = Please start from the donation page.
message-too-large-heading = Too much text
message-too-large-text = The form became too large. Shorten your message and send it again.
message-form-heading = The form did not arrive
message-form-text = We could not read what you sent. Please try again.
message-too-often-heading = Please wait a little
message-too-often-text = There were too many tries in a short time. Nothing is lost: please try again in a few minutes.
message-payments-paused-heading = Payments are paused
message-payments-paused-text = We have paused new payments for a short while. Your donation is kept: please come back to pay it a little later.
to-donation = Back to the donation
message-broken-heading = Something broke on our side
message-broken-text = The fault is ours, not yours. Please try again in a minute.
message-no-campaign-heading = There is no campaign now
message-no-campaign-text = Please come back later.
