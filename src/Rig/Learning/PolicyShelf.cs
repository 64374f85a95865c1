using System.Globalization;
using HilRig.Bridge.Learner;
using HilRig.Core.Errors;
using HilRig.Core.Files;
using HilRig.Harness.Policies;
using HilRig.Harness.Policies.RealTime;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Rig.Learning;

/// <summary>
/// Policies of a run on the disk, numbered as they came, and those of them that are loaded. A
/// folder that bears a number is whole. One thread.
/// </summary>
internal sealed class PolicyShelf : IDisposable
{
    private const string FinalFile = "final";
    private const string RefusedExtension = ".refused";
    private const int CallsPerRound = 300;
    private readonly string _folder;
    private readonly TaskDescription _task;
    private readonly SelectionSafety _safety;
    private readonly Dictionary<long, HybridPolicy> _loaded = [];
    private readonly SortedDictionary<long, TaskPolicyFile> _files = [];
    private readonly SortedSet<long> _refused = [];

    /// <summary>Opens the shelf, with what earlier parts of the run put on it.</summary>
    /// <param name="folder">Folder of the policies.</param>
    /// <param name="task">The task.</param>
    /// <param name="safety">What keeps the actor near the imitation.</param>
    /// <exception cref="RigException">A policy in it is damaged, or the disk refuses.</exception>
    public PolicyShelf(string folder, TaskDescription task, SelectionSafety safety)
    {
        _folder = folder;
        _task = task;
        _safety = safety;
        Guard(() => Directory.CreateDirectory(folder));
        foreach (string path in Directory.GetDirectories(folder))
        {
            if (long.TryParse(
                Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture,
                out long number))
            {
                _files[number] = TaskPolicyFile.Load(path);
            }
        }

        foreach (string path in Directory.GetFiles(folder, "*" + RefusedExtension))
        {
            _refused.Add(long.Parse(
                Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Number of the newest policy; 0 for none.</summary>
    public long Newest => _files.Count == 0 ? 0 : _files.Keys.Last();

    /// <summary>Number of the newest policy that came, refused or not; 0 for none.</summary>
    public long NewestSeen => Math.Max(Newest, _refused.Count == 0 ? 0 : _refused.Max);

    /// <summary>Policies that were refused.</summary>
    public int RefusedCount => _refused.Count;

    /// <summary>What keeps the actor near the imitation.</summary>
    public SelectionSafety Safety => _safety;

    /// <summary>Number of the first policy that only imitates; 0 for none.</summary>
    public long Imitation => _files
        .FirstOrDefault(item => item.Value.Manifest.Proposals == PolicyProposals.ImitationOnly)
        .Key;

    /// <summary>The policy that was chosen as the last of the run; 0 before that.</summary>
    public long Final
    {
        get
        {
            string path = Path.Combine(_folder, FinalFile);
            return File.Exists(path)
                && long.TryParse(
                    File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture,
                    out long number)
                ? number
                : 0;
        }

        set => Guard(() => Durable.Write(
            Path.Combine(_folder, FinalFile),
            stream => stream.Write(
                System.Text.Encoding.ASCII.GetBytes(Name(value)))));
    }

    /// <summary>The name of a policy's folder.</summary>
    /// <param name="number">Its number.</param>
    public static string Name(long number) =>
        number.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>
    /// Puts a policy that came from the learner on the shelf, unless it is damaged, does not fit
    /// the task or answers too slowly. What is refused is named on the disk, and the policies
    /// before it stay.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>Why it is refused; null: it is on the shelf.</returns>
    /// <exception cref="RecordingException">The disk refuses.</exception>
    public RigException? TryAdd(LearnerPolicy policy)
    {
        string place = FormattableString.Invariant($"policy {policy.Sequence} of the learner");
        TaskPolicyFile file;
        HybridPolicy? loaded = null;
        try
        {
            file = TaskPolicyFile.Decode(policy.Manifest, policy.Onnx, place);
            loaded = Load(file);
            MeasureAny(loaded).Require(place);
        }
        catch (RigException fault)
        {
            loaded?.Dispose();
            Refuse(policy.Sequence, fault);
            return fault;
        }

        Keep(policy);
        Unload(Newest);
        Unload(policy.Sequence);
        _loaded[policy.Sequence] = loaded;
        _files[policy.Sequence] = file;
        return null;
    }

    /// <summary>Measures a policy once more, where it is to be deployed.</summary>
    /// <param name="number">Its number.</param>
    public PolicyLatency Measure(long number) => MeasureAny(Take(number));

    /// <summary>A policy, loaded.</summary>
    /// <param name="number">Its number.</param>
    public HybridPolicy Take(long number)
    {
        if (!_loaded.TryGetValue(number, out HybridPolicy? policy))
        {
            policy = Load(_files[number]);
            _loaded[number] = policy;
        }

        return policy;
    }

    /// <summary>SHA-256 of a policy's graph.</summary>
    /// <param name="number">Its number.</param>
    public string Sha256Of(long number) => _files[number].Manifest.Sha256;

    /// <summary>Where a policy is.</summary>
    /// <param name="number">Its number.</param>
    public string PathOf(long number) => Path.Combine(_folder, Name(number));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (HybridPolicy policy in _loaded.Values)
        {
            policy.Dispose();
        }

        _loaded.Clear();
    }

    // As it will act; its next episode begins anew.
    private PolicyLatency MeasureAny(HybridPolicy policy)
    {
        float[] observation =
            [.. policy.Manifest.Observation.Select(channel => (float)channel.Offset)];
        float[] action = new float[policy.Manifest.Action.Count];
        policy.Begin();
        PolicyLatency latency = PolicyLatency.Measure(
            () => policy.Act(observation, action), _task.PeriodSeconds, CallsPerRound, 1);
        policy.Begin();
        return latency;
    }

    // An actor alone has nothing to be kept near to.
    private HybridPolicy Load(TaskPolicyFile file) => HybridPolicy.Create(
        file,
        _task,
        file.Manifest.Proposals == PolicyProposals.ActorOnly ? SelectionSafety.None : _safety);

    private void Keep(LearnerPolicy policy)
    {
        string path = PathOf(policy.Sequence);
        string partial = path + ".partial";
        Guard(() =>
        {
            Directory.CreateDirectory(partial);
            Durable.Write(
                Path.Combine(partial, TaskPolicyFile.GraphName),
                stream => stream.Write(policy.Onnx.Span));
            Durable.Write(
                Path.Combine(partial, TaskPolicyFile.ManifestName),
                stream => stream.Write(policy.Manifest.Span));
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            Directory.Move(partial, path);
        });
    }

    private void Refuse(long number, RigException fault)
    {
        Guard(() => Durable.Write(
            PathOf(number) + RefusedExtension,
            stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(fault.Message + "\n"))));
        _refused.Add(number);
    }

    private void Unload(long number)
    {
        if (number != Imitation && _loaded.Remove(number, out HybridPolicy? old))
        {
            old.Dispose();
        }
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                "A policy cannot be kept",
                _folder,
                found: error.Message,
                remedy: "make room; then 'hilrig learn resume'",
                inner: error);
        }
    }
}
