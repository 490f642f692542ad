<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message numerus="yes">
        <source>Anthropic is overloaded, not your quota. Tried {n} times.</source>
        <translation>
            <numerusform>Anthropic is overloaded, not your quota. Tried once.</numerusform>
            <numerusform>Anthropic is overloaded, not your quota. Tried {n} times.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Anthropic throttled this request. Tried {n} times.</source>
        <translation>
            <numerusform>Anthropic throttled this request. Tried once.</numerusform>
            <numerusform>Anthropic throttled this request. Tried {n} times.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It stopped at {time} and {n} restarts failed.</source>
        <translation>
            <numerusform>It stopped at {time} and {n} restart failed.</numerusform>
            <numerusform>It stopped at {time} and {n} restarts failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved today {money}: {n} cached answers, {tokens} tokens</source>
        <translation>
            <numerusform>Saved today {money}: {n} cached answer, {tokens} tokens</numerusform>
            <numerusform>Saved today {money}: {n} cached answers, {tokens} tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation>
            <numerusform>and {n} more</numerusform>
            <numerusform>and {n} more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>no forecast yet: {n} more minutes of use needed</source>
        <translation>
            <numerusform>no forecast yet: {n} more minute of use needed</numerusform>
            <numerusform>no forecast yet: {n} more minutes of use needed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sent again {n} times</source>
        <translation>
            <numerusform>sent again once</numerusform>
            <numerusform>sent again {n} times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} batches</source>
        <translation>
            <numerusform>{n} batch</numerusform>
            <numerusform>{n} batches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} days</source>
        <translation>
            <numerusform>{n} day</numerusform>
            <numerusform>{n} days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} duplicates run once</source>
        <translation>
            <numerusform>{n} duplicate runs once</numerusform>
            <numerusform>{n} duplicates run once</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} failed</source>
        <translation>
            <numerusform>{n} failed</numerusform>
            <numerusform>{n} failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} held</source>
        <translation>
            <numerusform>{n} held</numerusform>
            <numerusform>{n} held</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} hours</source>
        <translation>
            <numerusform>{n} hour</numerusform>
            <numerusform>{n} hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} in flight</source>
        <translation>
            <numerusform>{n} in flight</numerusform>
            <numerusform>{n} in flight</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} lines added</source>
        <translation>
            <numerusform>{n} line added</numerusform>
            <numerusform>{n} lines added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} percent used</source>
        <translation>
            <numerusform>{n} percent used</numerusform>
            <numerusform>{n} percent used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} points over pace</source>
        <translation>
            <numerusform>{n} point over pace</numerusform>
            <numerusform>{n} points over pace</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} points under pace</source>
        <translation>
            <numerusform>{n} point under pace</numerusform>
            <numerusform>{n} points under pace</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} removed</source>
        <translation>
            <numerusform>{n} removed</numerusform>
            <numerusform>{n} removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} requests</source>
        <translation>
            <numerusform>{n} request</numerusform>
            <numerusform>{n} requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} requests wait until you resume.</source>
        <translation>
            <numerusform>{n} request waits until you resume.</numerusform>
            <numerusform>{n} requests wait until you resume.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows</source>
        <translation>
            <numerusform>{n} row</numerusform>
            <numerusform>{n} rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows cannot be sent</source>
        <translation>
            <numerusform>{n} row cannot be sent</numerusform>
            <numerusform>{n} rows cannot be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} running</source>
        <translation>
            <numerusform>{n} running</numerusform>
            <numerusform>{n} running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tokens</source>
        <translation>
            <numerusform>{n} token</numerusform>
            <numerusform>{n} tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tools point here and get no answer</source>
        <translation>
            <numerusform>{n} tool points here and gets no answer</numerusform>
            <numerusform>{n} tools point here and get no answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} waiting</source>
        <translation>
            <numerusform>{n} waiting</numerusform>
            <numerusform>{n} waiting</numerusform>
        </translation>
    </message>
</context>
</TS>
