/** Element that holds the data of a page's script. */
export const dataElementId = 'page-data';
