using System.Net;
using HilRig.Bridge.Clocks;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;
using HilRig.Core.Errors;

namespace HilRig.Rig.Processes;

/// <summary>Where and for whom `hilrig bridge --listen` opens a gate.</summary>
/// <param name="Listen">Address and port, such as "0.0.0.0:7420".</param>
/// <param name="AllowPath">The allow-list; null: the user's own.</param>
/// <param name="KeyName">Name of the bridge's key.</param>
/// <param name="KeysFolder">Folder of keys; null: the user's own.</param>
public sealed record GateSettings(
    string Listen, string? AllowPath, string KeyName, string? KeysFolder)
{
    /// <summary>The same settings as arguments of `hilrig bridge`.</summary>
    internal IEnumerable<string> Arguments =>
    [
        "--listen", Listen,
        "--key", KeyName,
        .. AllowPath is null ? (string[])[] : ["--allow", AllowPath],
        .. KeysFolder is null ? (string[])[] : ["--keys", KeysFolder],
    ];

    /// <summary>Opens the gate in front of a bridge of this process.</summary>
    /// <param name="bridgePort">The bridge's control port.</param>
    /// <param name="log">Takes lines of JSON.</param>
    /// <exception cref="RigException">A key, list or address cannot be used.</exception>
    internal OpenGate Open(int bridgePort, Action<string> log)
    {
        if (!IPEndPoint.TryParse(Listen, out IPEndPoint? address) || !Listen.Contains(':'))
        {
            throw new KeyException(
                "this is no address to listen on",
                expected: "ADDRESS:PORT, such as 0.0.0.0:7420 or [::]:7420",
                found: $"\"{Listen}\"");
        }

        var store = new KeyStore(KeysFolder);
        RigKey key = store.Load(KeyName);
        try
        {
            return new OpenGate(key, SecureGate.Open(new SecureGateOptions
            {
                Listen = address,
                BridgePort = bridgePort,
                Key = key,
                AllowedKeysPath = AllowPath ?? store.AllowedKeysPath,
                Clock = new StreamClockResponder(),
                Log = log,
            }));
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
