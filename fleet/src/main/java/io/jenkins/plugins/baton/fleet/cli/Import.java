package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.Problem;
import io.jenkins.plugins.baton.cluster.importer.ImportResult;
import io.jenkins.plugins.baton.cluster.importer.Importer;
import io.jenkins.plugins.baton.cluster.importer.haproxy.HostNames;
import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import io.jenkins.plugins.baton.fleet.FileTrouble;
import io.jenkins.plugins.baton.fleet.FleetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = {
            "Make a cluster file from the files of keepalived and haproxy.",
            "Name the keepalived.conf of every node, which gives all priorities, and one haproxy.cfg, or those of all nodes where "
                    + "they differ. Writes the cluster file "
                    + "to standard output or to --output, and lists what it did not carry over on standard error. Looks up host names "
                    + "of haproxy's servers and writes their addresses."
        })
final class Import implements Callable<Integer> {
    @Parameters(
            arity = "2..*",
            paramLabel = "FILE",
            description = "keepalived.conf ... haproxy.cfg ...: haproxy's files come last.")
    List<Path> files;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write; an existing file is not overwritten.")
    Path output;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws FleetException {
        List<Problem> problems = new ArrayList<>();
        List<SourceText> sources = new ArrayList<>();
        for (Path file : files) {
            try {
                sources.add(SourceText.read(file));
            } catch (ImportException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            problems.addAll(mistakesIn(sources));
            throw refused(problems);
        }
        try {
            ImportResult result = imported(sources);
            write(result.yaml());
            tell(result);
            return 0;
        } catch (ImportException e) {
            throw refused(e.problems());
        }
    }

    /** Of the files that can be read beside some that cannot: one run names every mistake. */
    private static List<Problem> mistakesIn(List<SourceText> sources) {
        boolean ofBothKinds = sources.size() > 1
                && !sources.get(0).looksLikeHaproxy()
                && sources.get(sources.size() - 1).looksLikeHaproxy();
        try {
            if (ofBothKinds) {
                imported(sources);
            }
            return List.of();
        } catch (ImportException e) {
            return e.problems();
        }
    }

    private static ImportResult imported(List<SourceText> sources) throws ImportException {
        List<SourceText> keepalived = new ArrayList<>(sources);
        List<SourceText> haproxy = new ArrayList<>();
        do {
            haproxy.add(0, keepalived.remove(keepalived.size() - 1));
        } while (!keepalived.isEmpty() && keepalived.get(keepalived.size() - 1).looksLikeHaproxy());
        return Importer.importFiles(keepalived, haproxy, HostNames.SYSTEM);
    }

    private static FleetException refused(List<Problem> problems) {
        return FleetException.badInput(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }

    private void write(String yaml) throws FleetException {
        if (output == null) {
            spec.commandLine().getOut().print(yaml);
            spec.commandLine().getOut().flush();
            return;
        }
        try {
            Files.createFile(output);
        } catch (FileAlreadyExistsException e) {
            throw FleetException.badInput(output + " exists already; remove it or name another file");
        } catch (IOException e) {
            throw FleetException.badInput("cannot write " + output + ": " + FileTrouble.reason(e));
        }
        fill(output, yaml);
    }

    /** Half a cluster file is none. */
    static void fill(Path file, String yaml) throws FleetException {
        try {
            Files.writeString(file, yaml, StandardOpenOption.WRITE);
        } catch (IOException e) {
            String more = "";
            try {
                Files.delete(file);
            } catch (IOException alsoFailed) {
                more = "; remove it, it is not complete";
            }
            throw FleetException.failed("cannot write " + file + ": " + FileTrouble.reason(e) + more, e);
        }
    }

    private void tell(ImportResult result) {
        PrintWriter err = spec.commandLine().getErr();
        if (!result.notCarriedOver().isEmpty()) {
            err.println("not carried over:");
            result.notCarriedOver().forEach(line -> err.println("  " + line));
        }
        if (!result.toFillIn().isEmpty()) {
            err.println("to look at:");
            result.toFillIn().forEach(line -> err.println("  " + line));
        }
    }
}
