// Photos that a drawing starts from. They are made smaller here, which also leaves behind where and when they were taken.

const longestSide = 1024;
const quality = 0.92;

/** A chosen file as a canvas of moderate size; throws where the browser cannot read it as a picture. */
export async function readPhoto(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

/** The photo as a JPEG file. */
export function encodePhoto(canvas) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

// Kept beside requests that are not taken yet, so that they survive a reload. Text records cannot hold files.

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("ondol", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("photos");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function use(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction("photos", mode);
      const request = work(transaction.objectStore("photos"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

const unkept = new Map();

/** Keeps a photo under a name. */
export async function keepPhoto(name, file) {
  unkept.set(name, file);
  await use("readwrite", (photos) => photos.put(file, name)).catch(() => {});
}

/** The photo of a name; nothing where the browser has not kept it. */
export async function keptPhoto(name) {
  return unkept.get(name) ?? (await use("readonly", (photos) => photos.get(name)).catch(() => undefined));
}

/** Forgets a photo. */
export async function forgetPhoto(name) {
  unkept.delete(name);
  await use("readwrite", (photos) => photos.delete(name)).catch(() => {});
}
