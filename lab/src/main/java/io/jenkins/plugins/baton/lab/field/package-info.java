/**
 * What networks, firewalls and hosts that nobody made for Baton do to a node: cases that end in a line of the table of
 * {@code make field}, the brief ones of them in the tests too.
 */
package io.jenkins.plugins.baton.lab.field;
