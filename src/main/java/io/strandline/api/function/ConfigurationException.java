package io.strandline.api.function;

/** A function cannot work with what a document tells it. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    /**
     * @param setting the name of the setting at fault, empty for the input's columns
     * @param detail what is wrong and what would be right
     */
    public ConfigurationException(String setting, String detail) {
        super(detail);
        this.setting = setting;
    }

    /** The name of the setting at fault, empty for the input's columns. */
    public String setting() {
        return setting;
    }
}
