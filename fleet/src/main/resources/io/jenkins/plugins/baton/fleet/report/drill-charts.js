// Draws the charts of drills: for each .drill element, its .lanes and .latency. Needs echarts and chart-zoom.js; the data is the run of
// report.json in the element #baton-drills. Without this script the page's tables say the same.
(function () {
    'use strict';
    var source = document.getElementById('baton-drills');
    if (!source || !window.echarts) { return; }
    var run = JSON.parse(source.textContent);
    var dark = window.matchMedia('(prefers-color-scheme: dark)');
    var charts = [];

    // Colours that differ in brightness too, and the state's name on the bar: nothing is told by colour alone.
    var COLOURS = {
        MASTER: '#0f7b6c', BACKUP: '#7aa6d8', FAULT: '#b3261e', INITIALIZE: '#b08800', NO_DATA: '#6e7781',
        UP: '#4c9a6a', DOWN: '#b3261e', DRAIN: '#b08800', UNKNOWN: '#8c959f'
    };

    // What counts is the page the charts stand on, which Jenkins may keep light in a dark browser: its text is light on
    // dark ground. A canvas turns any notation of a colour into numbers.
    function isDark() {
        if (window.matchMedia('print').matches) { return false; }
        var context = document.createElement('canvas').getContext('2d');
        context.fillStyle = getComputedStyle(document.body).color;
        context.fillRect(0, 0, 1, 1);
        var rgb = context.getImageData(0, 0, 1, 1).data;
        return rgb[0] + rgb[1] + rgb[2] > 384;
    }

    function palette() {
        return isDark()
            ? { text: '#e6edf3', line: '#3d444d', outage: 'rgba(255,123,114,.30)', good: '#58a6ff', bad: '#ff7b72' }
            : { text: '#1b1f24', line: '#d0d7de', outage: 'rgba(207,34,46,.20)', good: '#0969da', bad: '#cf222e' };
    }

    function seconds(millis) { return String(Math.round(millis) / 1000); }

    // Names stand left of the chart where there is room for both.
    function margin(width) { return width < 600 ? 84 : 150; }

    function frame(drill, words, colours, width) {
        return {
            animation: false,
            textStyle: { color: colours.text },
            grid: { left: margin(width), right: 20, top: 28, bottom: 74 },
            xAxis: {
                type: 'value', name: words.time, nameLocation: 'middle', nameGap: 24,
                min: Math.floor(drill.probes.startMillis[0] || 0),
                max: drill.moments.length ? Math.ceil(drill.moments[drill.moments.length - 1].atMillis) : null,
                axisLabel: { color: colours.text, formatter: seconds, hideOverlap: true },
                nameTextStyle: { color: colours.text },
                splitLine: { lineStyle: { color: colours.line } }
            },
            dataZoom: [
                { type: 'inside', filterMode: 'none' },
                {
                    type: 'slider', filterMode: 'none', height: 18, bottom: 8, showDataShadow: false,
                    labelFormatter: seconds, textStyle: { color: colours.text }
                }
            ]
        };
    }

    function marks(drill, words, colours) {
        return {
            markArea: {
                silent: true, itemStyle: { color: colours.outage },
                data: drill.outages.map(function (o) { return [{ xAxis: o.fromMillis }, { xAxis: o.toMillis }]; })
            },
            markLine: {
                silent: true, symbol: 'none', lineStyle: { color: colours.text, type: 'dashed' },
                label: { color: colours.text, formatter: '{b}', position: 'end' },
                data: drill.moments.map(function (m) { return { name: words[m.name], xAxis: m.atMillis }; })
            }
        };
    }

    function lanes(drill, words, colours, width) {
        var rows = drill.backendHealth.slice().reverse().concat(drill.holders.slice().reverse());
        var bars = [];
        rows.forEach(function (row, y) {
            row.phases.forEach(function (p) { bars.push([p.fromMillis, p.toMillis, y, p.state]); });
        });
        var option = frame(drill, words, colours, width);
        option.yAxis = {
            type: 'category', data: rows.map(function (r) { return r.name; }),
            axisLabel: { color: colours.text, interval: 0, width: margin(width) - 12, overflow: 'truncate' },
            axisLine: { onZero: false }, splitLine: { show: true, lineStyle: { color: colours.line } }
        };
        option.tooltip = {
            renderMode: 'richText', // what a node said is text, never markup
            formatter: function (p) {
                return rows[p.value[2]].name + ': ' + p.value[3] + '\n'
                    + seconds(p.value[0]) + ' – ' + seconds(p.value[1]) + ' s';
            }
        };
        option.series = [Object.assign({
            // ECharts 6 takes names from the category axis unless told otherwise, and marks have no category.
            type: 'custom', encode: { x: [0, 1], y: 2, itemName: 0 }, data: bars, clip: true,
            renderItem: function (params, api) {
                var from = api.coord([api.value(0), api.value(2)]);
                var to = api.coord([api.value(1), api.value(2)]);
                var height = api.size([0, 1])[1] * 0.7;
                var area = params.coordSys;
                var shape = echarts.graphic.clipRectByRect(
                    { x: from[0], y: from[1] - height / 2, width: Math.max(1, to[0] - from[0]), height: height },
                    { x: area.x, y: area.y, width: area.width, height: area.height });
                var state = bars[params.dataIndex][3];
                return shape && {
                    type: 'rect', shape: shape, style: { fill: COLOURS[state] || '#8c959f' },
                    textConfig: { position: 'inside' },
                    textContent: { style: { text: shape.width > 52 ? state : '', fill: '#fff', font: '11px sans-serif' } }
                };
            }
        }, marks(drill, words, colours))];
        return option;
    }

    function latency(drill, words, colours, width) {
        var good = [], bad = [];
        drill.probes.startMillis.forEach(function (at, i) {
            var result = drill.probes.result[i];
            (result === 0 ? good : bad).push([at, Math.max(0.05, drill.probes.latencyMillis[i]), result]);
        });
        var option = frame(drill, words, colours, width);
        option.grid.bottom = 96;
        option.legend = { type: 'scroll', bottom: 30, right: 20, textStyle: { color: colours.text } };
        option.yAxis = {
            type: 'log', name: words.latency, nameLocation: 'middle', nameGap: margin(width) - 30,
            nameTextStyle: { color: colours.text }, axisLine: { onZero: false }, axisLabel: { color: colours.text }, splitLine: { lineStyle: { color: colours.line } }
        };
        option.tooltip = {
            renderMode: 'richText',
            formatter: function (p) {
                return seconds(p.value[0]) + ' s: ' + drill.probes.results[p.value[2]] + ', ' + p.value[1] + ' ms';
            }
        };
        option.series = [
            Object.assign({ name: words.answered, type: 'scatter', progressive: 0, symbolSize: 3, data: good, itemStyle: { color: colours.good } },
                marks(drill, words, colours)),
            { name: words.unanswered, type: 'scatter', symbol: 'triangle', symbolSize: 9, data: bad, itemStyle: { color: colours.bad } }
        ];
        return option;
    }

    function draw() {
        var colours = palette();
        charts.forEach(function (c) {
            c.chart.setOption(c.option(c.drill, c.words, colours, c.chart.getWidth()), true);
        });
    }

    document.querySelectorAll('.drill').forEach(function (section) {
        var drill = run.drills[Number(section.dataset.drill)];
        var words = JSON.parse(section.dataset.words);
        var group = [];
        [['lanes', lanes], ['latency', latency]].forEach(function (pair) {
            var place = section.querySelector('.' + pair[0]);
            place.closest('figure').hidden = false;
            if (pair[0] === 'lanes') {
                place.style.height = 110 + 26 * (drill.holders.length + drill.backendHealth.length) + 'px';
            }
            var chart = echarts.init(place);
            place.addEventListener('keydown', function (event) { window.batonZoomByKey(chart, event); });
            charts.push({ chart: chart, drill: drill, words: words, option: pair[1] });
            group.push(chart);
        });
        echarts.connect(group);
    });
    draw();
    dark.addEventListener('change', draw);
    window.addEventListener('resize', function () { charts.forEach(function (c) { c.chart.resize(); }); });
    window.addEventListener('beforeprint', function () { charts.forEach(function (c) { c.chart.resize({ width: 700 }); }); draw(); });
    window.addEventListener('afterprint', function () { charts.forEach(function (c) { c.chart.resize({ width: 'auto' }); }); draw(); });
})();
