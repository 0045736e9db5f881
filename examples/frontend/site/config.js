// Where the donation server is. The example's server fills this in; a site of your own may write it here.
export const API = "{{API_URL}}";
