# Campaigns: the list, and the page of each.
campaigns-heading = Let’s grow trees in Kazakhstan
to-campaigns = To all campaigns
steps-heading = How it works
latest-heading = Latest donations
latest-line = Latest: { $name }, { $amount }
anonymous-donor = Somebody who stays unnamed

progress-label = Progress towards the goal
raised = raised
raised-of-goal = raised of { $goal }, { $percent }%
progress-trees = { $trees-count ->
    [one] { $trees } tree
   *[other] { $trees } trees
}
progress-donors = { $donors-count ->
    [one] { $donors } donor
   *[other] { $donors } donors
}

card-upcoming = Begins on { $date }
card-closed = Ended on { $date }
campaign-upcoming-heading = This campaign has not begun
campaign-upcoming-text = Donations are taken from { $date } on.
campaign-closed-heading = This campaign is over
campaign-closed-text = It ended on { $date }. { $raised } was raised. Thank you, all who helped!

message-unknown-campaign-heading = There is no such campaign
message-unknown-campaign-text = Please check the link, or start from the first page.
message-too-many-heading = Too many requests
message-too-many-text = Please wait a minute and try again.
message-busy-heading = The server is busy
message-busy-text = Please try again in a few seconds. A donation that you have made is not lost.
