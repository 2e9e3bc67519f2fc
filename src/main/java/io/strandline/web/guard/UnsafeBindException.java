package io.strandline.web.guard;

/** The server was told to listen where strangers could reach it. */
class UnsafeBindException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String address;

    UnsafeBindException(String address) {
        super("refusing to listen on " + address + " without authentication");
        this.address = address;
    }

    String address() {
        return address;
    }
}
