package io.strandline.runner.plugin;

import io.strandline.api.function.ConfigurationException;
import io.strandline.api.function.RowFunction;
import io.strandline.api.operator.ProcessFactory;
import io.strandline.api.operator.UserCodeException;
import io.strandline.api.type.Row;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.pipeline.CheckedNode.SideOutput;
import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.ProcessClasses;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.StateSchema;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The plug-in jars of this server. Safe for any number of threads. */
public final class Plugins implements ProcessClasses, Closeable {

    private static final System.Logger LOG = System.getLogger(Plugins.class.getName());
    private static final String CLASS = "/class";

    private final List<PluginJar> jars;
    private final boolean off;

    private Plugins(List<PluginJar> jars, boolean off) {
        this.jars = List.copyOf(jars);
        this.off = off;
    }

    /** No plug-ins: every class is refused. */
    public static Plugins off() {
        return new Plugins(List.of(), true);
    }

    /**
     * Reads the jars of a directory.
     *
     * @throws UncheckedIOException when the directory or one of its jars cannot be read
     */
    public static Plugins in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<PluginJar> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(PluginJar::open)
                    .toList();
            jars.forEach(jar -> LOG.log(Level.INFO, "Plug-in jar {0}, {1}", jar.name(), jar.digest()));
            return new Plugins(jars, false);
        } catch (IOException e) {
            throw new UncheckedIOException("the plug-ins' directory " + directory + " cannot be read", e);
        }
    }

    @Override
    public Signature check(OperatorSpec.Process spec, RowSchema input) throws UnusableClassException {
        if (off) {
            return ProcessClasses.none().check(spec, input);
        }
        Located<?> found = find(spec);
        ProcessFactory<Row, Row, Row> factory = factory(found, spec, columns(input));
        List<SideOutput> sides = new ArrayList<>();
        for (var side : factory.outputs()) {
            sides.add(new SideOutput(side.name(), schema(side.type())));
        }
        List<String> states = factory.states().stream().map(StateSchema::name).toList();
        return new Signature(schema(factory.output()), sides, found.jar.digest(), states);
    }

    /**
     * The factory of a checked operator.
     *
     * @throws IllegalStateException when its class is not what it was when the operator was checked
     */
    public OperatorFactory factory(OperatorSpec.Process spec, RowType input) {
        try {
            return factory(find(spec), spec, input.columns());
        } catch (UnusableClassException e) {
            throw new IllegalStateException("operator " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        for (PluginJar jar : jars) {
            try {
                jar.loader().close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "a plug-in jar stays open", e);
            }
        }
    }

    private Located<?> find(OperatorSpec.Process spec) throws UnusableClassException {
        List<Located<?>> found = new ArrayList<>();
        for (PluginJar jar : jars) {
            if (spec.jar() == null || spec.jar().equals(jar.digest())) {
                classOf(spec.type(), jar).ifPresent(type -> found.add(new Located<>(jar, type)));
            }
        }
        if (found.isEmpty()) {
            throw missing(spec);
        }
        if (found.size() > 1) {
            throw new UnusableClassException(
                    "/jar",
                    "%s is in several jars; say by its digest which is meant: %s"
                            .formatted(
                                    spec.type(),
                                    names(found.stream().map(Located::jar).toList())));
        }
        return found.get(0);
    }

    private UnusableClassException missing(OperatorSpec.Process spec) {
        if (spec.jar() != null && jars.stream().noneMatch(jar -> jar.digest().equals(spec.jar()))) {
            return new UnusableClassException(
                    "/jar",
                    "no jar of strandline.plugins.dir has the digest %s (there are: %s); put it back, or leave 'jar' out to go on with another one"
                            .formatted(spec.jar(), names(jars)));
        }
        return new UnusableClassException(
                CLASS, "no class %s in the jars of strandline.plugins.dir (%s)".formatted(spec.type(), names(jars)));
    }

    private static Optional<Class<? extends RowFunction>> classOf(String name, PluginJar jar)
            throws UnusableClassException {
        try {
            Optional<Class<?>> found = jar.find(name);
            if (found.isPresent() && !RowFunction.class.isAssignableFrom(found.get())) {
                throw new UnusableClassException(
                        CLASS,
                        "%s is no operator: it does not implement %s".formatted(name, RowFunction.class.getName()));
            }
            return found.map(type -> type.asSubclass(RowFunction.class));
        } catch (LinkageError e) {
            throw new UnusableClassException(CLASS, "%s cannot be loaded: %s".formatted(name, e));
        }
    }

    private static ProcessFactory<Row, Row, Row> factory(
            Located<?> found, OperatorSpec.Process spec, List<Column> input) throws UnusableClassException {
        try {
            return new RowFunctions(found.type, spec, input).factory();
        } catch (ConfigurationException e) {
            String setting = e.setting();
            throw new UnusableClassException(
                    setting.isEmpty() ? "/input" : "/config/" + setting, String.valueOf(e.getMessage()));
        } catch (UserCodeException e) {
            throw new UnusableClassException(CLASS, String.valueOf(e.getMessage()));
        }
    }

    private static List<Column> columns(RowSchema schema) {
        return schema.columns().stream()
                .map(column -> new Column(
                        column.name(), ColumnType.valueOf(column.type().name())))
                .toList();
    }

    private static RowSchema schema(RowType rows) throws UnusableClassException {
        List<RowSchema.Column> columns = new ArrayList<>();
        for (Column column : rows.columns()) {
            if (column.type() == ColumnType.BYTES) {
                throw new UnusableClassException(
                        CLASS,
                        "its output has the column %s of %s, which pipelines have not"
                                .formatted(column.name(), column.describe()));
            }
            columns.add(new RowSchema.Column(
                    column.name(), ValueType.valueOf(column.type().name())));
        }
        return new RowSchema(columns);
    }

    private static String names(List<PluginJar> jars) {
        return jars.isEmpty()
                ? "there is none"
                : String.join(
                        ", ",
                        jars.stream()
                                .map(jar -> jar.name() + " " + jar.digest())
                                .toList());
    }

    /** A class and its jar. */
    private record Located<F extends RowFunction>(PluginJar jar, Class<F> type) {}
}
