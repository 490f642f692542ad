<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>About Sluice</source>
        <translation>關於 Sluice</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活動</translation>
    </message>
    <message>
        <source>Add a key</source>
        <translation>新增金鑰</translation>
    </message>
    <message>
        <source>Add key…</source>
        <translation>新增金鑰…</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟隨系統</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>基礎網址</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次處理</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>連線</translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation>連接工具</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>連接…</translation>
    </message>
    <message>
        <source>Copy base URL</source>
        <translation>複製基礎 URL</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>費用</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>等候中</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>保持開啟</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>語言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>淺色</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>選單</translation>
    </message>
    <message>
        <source>Meters</source>
        <translation>計量</translation>
    </message>
    <message>
        <source>No limit known yet. Each meter appears with the first answer that names it.</source>
        <translation>還不知道任何限額。第一個帶有限額的回應到達後，計量才會出現。</translation>
    </message>
    <message>
        <source>Nothing is held. A request waits here when a limit would refuse it.</source>
        <translation>沒有請求等候。會被限額拒絕的請求會在這裡等候。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暫停</translation>
    </message>
    <message>
        <source>Quit Sluice</source>
        <translation>結束 Sluice</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在讀取…</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>請求</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即傳送</translation>
    </message>
    <message>
        <source>Send one request</source>
        <translation>傳送一個請求</translation>
    </message>
    <message>
        <source>Sends this request at once. It may be refused with 429 and slow the others.</source>
        <translation>立即傳送這個請求。它可能被 429 拒絕，也會拖慢其他請求。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Sluice shows the change before it makes it</source>
        <translation>Sluice 會先顯示變更，再執行</translation>
    </message>
    <message>
        <source>Sluice {version}: a relay for the Claude API on this computer.</source>
        <translation>Sluice {version}：在這台電腦上執行的 Claude API 中繼。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>佈景主題</translation>
    </message>
    <message>
        <source>Three steps to the first meter</source>
        <translation>三步看到第一個計量</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Tools today</source>
        <translation>今日工具</translation>
    </message>
    <message>
        <source>What was held ended with the engine; tools send it again by themselves.</source>
        <translation>等候中的請求已隨引擎結束，工具會自行重送。</translation>
    </message>
    <message>
        <source>limits are learned from its answer</source>
        <translation>限額會從它的回應得知</translation>
    </message>
    <message>
        <source>or keep the key or login your tool already has</source>
        <translation>或沿用工具已有的金鑰或登入</translation>
    </message>
    <message numerus="yes">
        <source>{n} requests</source>
        <translation>
            <numerusform>{n} 個請求</numerusform>
        </translation>
    </message>
</context>
</TS>
