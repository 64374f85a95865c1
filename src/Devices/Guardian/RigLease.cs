using HilRig.Core.Errors;

namespace HilRig.Devices.Guardian;

/// <summary>
/// The right to be the one guardian and agent pair of a rig. Held through a lock on an open file
/// (flock), so it ends with the process that holds it, however that ends.
/// </summary>
public sealed class RigLease : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _holderPath;

    private RigLease(FileStream heldLock, string holderPath)
    {
        _lock = heldLock;
        _holderPath = holderPath;
    }

    /// <summary>Takes the lease.</summary>
    /// <param name="key">The rig.</param>
    /// <param name="holder">Who takes it, such as "guardian"; told to whoever is refused.</param>
    /// <exception cref="DeviceException">
    /// Another process holds it; the message says which.
    /// </exception>
    public static RigLease Acquire(RigKey key, string holder)
    {
        ArgumentNullException.ThrowIfNull(key);
        string path = key.PathOf(".lease");
        string holderPath = key.PathOf(".lease.holder");
        FileStream held;
        try
        {
            held = new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new DeviceException(
                "the rig is in use",
                path,
                "one guardian and agent pair a rig",
                File.Exists(holderPath) ? File.ReadAllText(holderPath) : error.Message,
                "wait for that process to end, or end it",
                error);
        }

        File.WriteAllText(holderPath, $"{holder}, process {Environment.ProcessId}");
        return new RigLease(held, holderPath);
    }

    /// <summary>Gives the lease back.</summary>
    public void Dispose()
    {
        if (_lock.CanRead)
        {
            File.Delete(_holderPath);
            _lock.Dispose();
        }
    }
}
