/** What a drill found, as values, and as {@code report.json}, {@code junit.xml} and {@code report.html}. */
package io.jenkins.plugins.baton.fleet.report;
