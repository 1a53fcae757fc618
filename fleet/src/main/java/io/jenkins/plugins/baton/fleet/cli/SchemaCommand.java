package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.Schema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "schema", description = "Print the JSON Schema of cluster files, for editors.")
final class SchemaCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(Schema.json());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
