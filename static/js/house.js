// The Chamber, day by day: where the table scrolls it opens on today, or on the next day it shows.

const box = document.querySelector(".cp-team--house");
const heads = [...box.querySelectorAll("th[data-day]")];
const head = heads.find((one) => one.dataset.day >= box.dataset.today);
if (head) box.scrollLeft = head.offsetLeft - heads[0].offsetLeft;
