/** How AWS names regions: `us-east-1`, `us-gov-west-1`, `ap-southeast-5`. */
export const regionPattern = "[a-z]{2,3}(?:-[a-z]+)+-\\d{1,2}";
