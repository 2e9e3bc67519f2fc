package io.strandline.runner.plugin;

/** Shows plug-ins the JDK and the Java API, so that they may bring whatever libraries they like. */
final class ApiLoader extends ClassLoader {

    private static final String API = "io.strandline.api.";

    ApiLoader() {
        super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(API)) {
            return Class.forName(name, false, ApiLoader.class.getClassLoader());
        }
        throw new ClassNotFoundException(name);
    }
}
