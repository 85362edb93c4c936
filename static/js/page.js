// What every page needs: focus goes to the first fault after a refused form.
const faults = document.getElementById("form-errors");
if (faults) faults.focus();
