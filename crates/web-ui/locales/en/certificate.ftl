# A certificate's public page.
certificate-title = Certificate { $number }
certificate-state-valid = Valid
certificate-state-replaced = Replaced
certificate-state-withdrawn = Withdrawn
certificate-valid-heading = This certificate is valid
certificate-valid-lead = We issued it, the donation was paid, and the money was not given back.
certificate-replaced-heading = Another certificate took its place
certificate-replaced-lead = A part of the donation was given back. The new certificate shows what is left.
certificate-see-next = See certificate
certificate-withdrawn-heading = This certificate was withdrawn
certificate-withdrawn-lead = The whole donation was given back, so the certificate stands for nothing any longer.
certificate-test = TEST: a trial run, no money was given.
certificate-signature-matches = ✓ The signature matches: exactly what you see here was signed by us.
certificate-signature-differs = ✗ The signature does not match what we have on record. Trust what stands here, not the paper.
certificate-signature-forgotten = The donor asked us to remove the name, so the signature of the paper cannot be compared any longer.
certificate-says = What the certificate says
certificate-fact-name = Name
certificate-fact-date = Date
certificate-part-of-a-tree = a part of a new tree
certificate-date = { $day } { $month-count ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
certificate-how = Compare this with the paper in your hands. The page shows how the certificate stands at this moment.
message-unknown-certificate-heading = There is no such certificate
message-unknown-certificate-text = We have issued no certificate with this number. Please compare it with the paper, letter by letter.
message-certificate-gone-heading = There is no picture of this certificate
message-certificate-gone-text = It is not valid any longer. Its page says why.
