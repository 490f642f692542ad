<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>A new budget has begun</source>
        <translation>新的预算已开始</translation>
    </message>
    <message>
        <source>Another program uses its port or its folder; Sluice tries again by itself.</source>
        <translation>它的端口或文件夹被其他程序占用；Sluice 会自动重试。</translation>
    </message>
    <message>
        <source>Engine restarting, try {attempt} of {tries}</source>
        <translation>引擎正在重启，第 {attempt} 次尝试，共 {tries} 次</translation>
    </message>
    <message>
        <source>Extra usage is off</source>
        <translation>额外用量已关闭</translation>
    </message>
    <message>
        <source>Extra usage is on</source>
        <translation>额外用量已启用</translation>
    </message>
    <message>
        <source>Goes in about {time}</source>
        <translation>约 {time}后发出</translation>
    </message>
    <message>
        <source>It stopped at {time}.</source>
        <translation>{time} 停止。</translation>
    </message>
    <message>
        <source>Its settings have a mistake; “sluice doctor” says where.</source>
        <translation>设置有误；运行“sluice doctor”可查看位置。</translation>
    </message>
    <message>
        <source>No longer throttled</source>
        <translation>不再被限流</translation>
    </message>
    <message>
        <source>Nobody waits for long any more</source>
        <translation>没有请求久等了</translation>
    </message>
    <message>
        <source>Nothing more is answered for money; trying again does not help.</source>
        <translation>不再应答付费请求；重试没有用。</translation>
    </message>
    <message numerus="yes">
        <source>Overloaded {n} times in a minute</source>
        <translation>
            <numerusform>一分钟内过载 {n} 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Quota used today: {percent}</source>
        <translation>今日已用额度：{percent}</translation>
    </message>
    <message>
        <source>Requests today: {number}</source>
        <translation>今日请求：{number}</translation>
    </message>
    <message>
        <source>Sluice slows down by itself.</source>
        <translation>Sluice 会自动放慢。</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未运行</translation>
    </message>
    <message>
        <source>The engine was started again</source>
        <translation>引擎已重新启动</translation>
    </message>
    <message>
        <source>The organization’s spend cap is near</source>
        <translation>接近组织的支出上限</translation>
    </message>
    <message>
        <source>The organization’s spend cap is reached</source>
        <translation>组织的支出上限已达到</translation>
    </message>
    <message>
        <source>The spend cap no longer stops requests</source>
        <translation>支出上限不再阻止请求</translation>
    </message>
    <message>
        <source>The stored key cannot be used</source>
        <translation>存储的密钥无法使用</translation>
    </message>
    <message>
        <source>The stored key works again</source>
        <translation>存储的密钥恢复可用</translation>
    </message>
    <message>
        <source>This login now costs money.</source>
        <translation>此登录现在按量付费。</translation>
    </message>
    <message numerus="yes">
        <source>Throttled {n} times in a minute</source>
        <translation>
            <numerusform>一分钟内被限流 {n} 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Tools reconnect by themselves.</source>
        <translation>工具会自动重连。</translation>
    </message>
    <message>
        <source>Tools reconnect by themselves; answers under way were cut off.</source>
        <translation>工具会自动重连；进行中的应答已中断。</translation>
    </message>
    <message>
        <source>another model</source>
        <translation>其他模型</translation>
    </message>
    <message>
        <source>nothing is held</source>
        <translation>没有请求等候</translation>
    </message>
    <message>
        <source>requests are refused</source>
        <translation>请求将被拒绝</translation>
    </message>
    <message>
        <source>resets {time}</source>
        <translation>{time} 重置</translation>
    </message>
    <message>
        <source>{asked} asked, {answered} answered</source>
        <translation>请求的是 {asked}，应答的是 {answered}</translation>
    </message>
    <message>
        <source>{left} of {limit} a minute left</source>
        <translation>每分钟剩 {left} / {limit}</translation>
    </message>
    <message>
        <source>{meter} are back</source>
        <translation>{meter} 已恢复</translation>
    </message>
    <message>
        <source>{meter} run out {when}</source>
        <translation>{meter} {when}用完</translation>
    </message>
    <message>
        <source>{meter} {used}</source>
        <translation>{meter} {used}</translation>
    </message>
    <message>
        <source>{meter}: open again</source>
        <translation>{meter}：已恢复</translation>
    </message>
    <message>
        <source>{meter}: runs out {when}</source>
        <translation>{meter}：{when}用完</translation>
    </message>
    <message numerus="yes">
        <source>{n} held</source>
        <translation>
            <numerusform>{n} 个等候</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} restarts failed.</source>
        <translation>
            <numerusform>{n} 次重启均失败。</numerusform>
        </translation>
    </message>
    <message>
        <source>{percent} left</source>
        <translation>剩 {percent}</translation>
    </message>
    <message>
        <source>{percent} of this month’s budget spent</source>
        <translation>本月预算已用 {percent}</translation>
    </message>
    <message>
        <source>{percent} of today’s budget spent</source>
        <translation>今日预算已用 {percent}</translation>
    </message>
    <message>
        <source>{percent} used</source>
        <translation>已用 {percent}</translation>
    </message>
    <message>
        <source>{pool}: {said}</source>
        <translation>{pool}：{said}</translation>
    </message>
    <message>
        <source>{spent} of {budget}</source>
        <translation>{spent} / {budget}</translation>
    </message>
    <message>
        <source>“sluice key list” says why.</source>
        <translation>运行“sluice key list”可查看原因。</translation>
    </message>
    <message>
        <source>“{tool}” has waited {time}</source>
        <translation>“{tool}”已等 {time}</translation>
    </message>
    <message>
        <source>“{tool}”: {said}</source>
        <translation>“{tool}”：{said}</translation>
    </message>
</context>
</TS>
