using System.Globalization;
using HilRig.Bridge.Learner;
using HilRig.Learning.Onnx;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Serving;

/// <summary>The exported policies of a run: folders 0001, 0002, … that are never overwritten.
/// </summary>
internal sealed class PolicyShelf
{
    private readonly string _folder;
    private int _last;

    /// <summary>Opens or makes the shelf.</summary>
    /// <param name="folder">Its folder.</param>
    public PolicyShelf(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        _last = Directory.GetDirectories(folder)
            .Select(Path.GetFileName)
            .Where(name => name!.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
        Newest = _last == 0 ? null : Offer(_last, TaskPolicyFile.Load(PathOf(_last)));
    }

    /// <summary>The newest policy; null when there is none.</summary>
    public LearnerPolicy? Newest { get; private set; }

    /// <summary>Puts a policy on the shelf.</summary>
    /// <param name="policy">The policy.</param>
    public LearnerPolicy Add(TaskPolicyFile policy)
    {
        PolicyExport.Publish(policy, PathOf(_last + 1));
        _last++;
        Newest = Offer(_last, policy);
        return Newest;
    }

    private static LearnerPolicy Offer(int number, TaskPolicyFile policy) => new(
        number,
        policy.Manifest.Proposals == PolicyProposals.ImitationOnly ? "imitation" : "hybrid",
        policy.Manifest.Origin?.UpdateCount ?? 0,
        policy.Graph,
        policy.EncodeManifest());

    private string PathOf(int number) =>
        Path.Combine(_folder, number.ToString("D4", CultureInfo.InvariantCulture));
}
