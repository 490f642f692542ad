<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>A new budget has begun</source>
        <translation>新的預算已開始</translation>
    </message>
    <message>
        <source>Another program uses its port or its folder; Sluice tries again by itself.</source>
        <translation>它的連接埠或資料夾被其他程式占用；Sluice 會自動重試。</translation>
    </message>
    <message>
        <source>Engine restarting, try {attempt} of {tries}</source>
        <translation>引擎正在重新啟動，第 {attempt} 次嘗試，共 {tries} 次</translation>
    </message>
    <message>
        <source>Extra usage is off</source>
        <translation>額外用量已關閉</translation>
    </message>
    <message>
        <source>Extra usage is on</source>
        <translation>額外用量已啟用</translation>
    </message>
    <message>
        <source>Goes in about {time}</source>
        <translation>約 {time}後送出</translation>
    </message>
    <message>
        <source>It stopped at {time}.</source>
        <translation>{time} 停止。</translation>
    </message>
    <message>
        <source>Its settings have a mistake; “sluice doctor” says where.</source>
        <translation>設定有誤；執行「sluice doctor」可查看位置。</translation>
    </message>
    <message>
        <source>No longer throttled</source>
        <translation>不再被限流</translation>
    </message>
    <message>
        <source>Nobody waits for long any more</source>
        <translation>沒有請求久等了</translation>
    </message>
    <message>
        <source>Nothing more is answered for money; trying again does not help.</source>
        <translation>不再應答付費請求；重試沒有用。</translation>
    </message>
    <message numerus="yes">
        <source>Overloaded {n} times in a minute</source>
        <translation>
            <numerusform>一分鐘內過載 {n} 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Quota used today: {percent}</source>
        <translation>今日已用額度：{percent}</translation>
    </message>
    <message>
        <source>Requests today: {number}</source>
        <translation>今日請求：{number}</translation>
    </message>
    <message>
        <source>Sluice slows down by itself.</source>
        <translation>Sluice 會自動放慢。</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未執行</translation>
    </message>
    <message>
        <source>The engine was started again</source>
        <translation>引擎已重新啟動</translation>
    </message>
    <message>
        <source>The organization’s spend cap is near</source>
        <translation>接近組織的支出上限</translation>
    </message>
    <message>
        <source>The organization’s spend cap is reached</source>
        <translation>組織的支出上限已達到</translation>
    </message>
    <message>
        <source>The spend cap no longer stops requests</source>
        <translation>支出上限不再阻止請求</translation>
    </message>
    <message>
        <source>The stored key cannot be used</source>
        <translation>儲存的金鑰無法使用</translation>
    </message>
    <message>
        <source>The stored key works again</source>
        <translation>儲存的金鑰恢復可用</translation>
    </message>
    <message>
        <source>This login now costs money.</source>
        <translation>此登入現在按量付費。</translation>
    </message>
    <message numerus="yes">
        <source>Throttled {n} times in a minute</source>
        <translation>
            <numerusform>一分鐘內被限流 {n} 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Tools reconnect by themselves.</source>
        <translation>工具會自動重新連線。</translation>
    </message>
    <message>
        <source>Tools reconnect by themselves; answers under way were cut off.</source>
        <translation>工具會自動重新連線；進行中的應答已中斷。</translation>
    </message>
    <message>
        <source>another model</source>
        <translation>其他模型</translation>
    </message>
    <message>
        <source>nothing is held</source>
        <translation>沒有請求等候</translation>
    </message>
    <message>
        <source>requests are refused</source>
        <translation>請求將被拒絕</translation>
    </message>
    <message>
        <source>resets {time}</source>
        <translation>{time} 重置</translation>
    </message>
    <message>
        <source>{asked} asked, {answered} answered</source>
        <translation>請求的是 {asked}，應答的是 {answered}</translation>
    </message>
    <message>
        <source>{left} of {limit} a minute left</source>
        <translation>每分鐘剩 {left} / {limit}</translation>
    </message>
    <message>
        <source>{meter} are back</source>
        <translation>{meter} 已恢復</translation>
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
        <translation>{meter}：已恢復</translation>
    </message>
    <message>
        <source>{meter}: runs out {when}</source>
        <translation>{meter}：{when}用完</translation>
    </message>
    <message numerus="yes">
        <source>{n} held</source>
        <translation>
            <numerusform>{n} 個等候</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} restarts failed.</source>
        <translation>
            <numerusform>{n} 次重新啟動均失敗。</numerusform>
        </translation>
    </message>
    <message>
        <source>{percent} left</source>
        <translation>剩 {percent}</translation>
    </message>
    <message>
        <source>{percent} of this month’s budget spent</source>
        <translation>本月預算已用 {percent}</translation>
    </message>
    <message>
        <source>{percent} of today’s budget spent</source>
        <translation>今日預算已用 {percent}</translation>
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
        <translation>執行「sluice key list」可查看原因。</translation>
    </message>
    <message>
        <source>“{tool}” has waited {time}</source>
        <translation>「{tool}」已等 {time}</translation>
    </message>
    <message>
        <source>“{tool}”: {said}</source>
        <translation>「{tool}」：{said}</translation>
    </message>
</context>
</TS>
