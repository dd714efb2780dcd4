/** Stands before S3's and EC2's documents; the query services send none. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
