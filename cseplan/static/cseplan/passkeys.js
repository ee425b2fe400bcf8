// Passkeys: asks the browser for one, and sends what it answers with the form. Without this file, or in a browser that
// knows no passkeys, the form stays hidden and the page says what to do instead.

const form = document.querySelector("form[data-passkey]");
const known = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;

function ask() {
  const options = JSON.parse(form.dataset.options).publicKey;
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

if (form && known) {
  form.hidden = false;
  for (const part of document.querySelectorAll("[data-without-passkeys]")) part.hidden = true;
  const failed = form.querySelector("[data-passkey-failed]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify((await ask()).toJSON());
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
