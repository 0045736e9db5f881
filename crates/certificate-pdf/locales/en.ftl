# The certificate's texts. The keys are the same in every language; a test checks that.
title = Certificate
greeting = With gratitude to
gift = { $trees-count ->
    [0] whose gift is
   *[other] whose gift plants
}
trees = { $trees-count ->
    [0] a part of a new tree
    [one] { $trees } tree
   *[other] { $trees } trees
}
date-label = Date
date = { $day } { $month ->
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
number-label = Number
verify = Verify
test-mark = TEST
