package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import java.net.InetAddress;
import java.util.List;

/**
 * @param lines that it carries
 * @param note where the facts came from, if not from these lines; empty for nothing more
 */
record ImportedNode(String name, InetAddress address, int priority, List<Directive> lines, String note) {}
