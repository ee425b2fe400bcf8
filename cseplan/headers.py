"""What every answer tells the browser beside Django's own headers: what the page may use, and that nothing keeps it."""

POLICY = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer",
                "autoplay",
                "bluetooth",
                "browsing-topics",
                "camera",
                "display-capture",
                "encrypted-media",
                "fullscreen",
                "geolocation",
                "gyroscope",
                "hid",
                "idle-detection",
                "local-fonts",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "picture-in-picture",
                "screen-wake-lock",
                "serial",
                "usb",
                "web-share",
                "xr-spatial-tracking",
            )
        ),
        "publickey-credentials-create=(self)",  # passkeys
        "publickey-credentials-get=(self)",
    ]
)


class HeadersMiddleware:
    """Stands first, so that error pages and redirects of what stands behind it carry the headers too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Styles and scripts say for themselves how long they may be kept; a page or a report never is.
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response
