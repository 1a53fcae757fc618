/**
 * What Baton promises, put to the proof under load: experiments that befall a cluster again and again, for {@code make faults}
 * and, with few rounds, for the tests.
 */
package io.jenkins.plugins.baton.lab.experiment;
