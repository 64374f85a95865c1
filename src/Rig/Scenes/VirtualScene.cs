using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Devices.Virtual.Scenes;

namespace HilRig.Rig.Scenes;

/// <summary>
/// The scene of an emulated rig, seen and touched from the host: the sensor a camera would be and
/// the hands a person would have. <see cref="TryRead"/> is for the loop's thread,
/// <see cref="Place"/> for one other.
/// </summary>
public sealed class VirtualScene : ISceneSensor, ISceneHands, IDisposable
{
    private static readonly TimeSpan PlaceTimeout = TimeSpan.FromSeconds(5);
    private const long LookNanoseconds = 1_000_000;
    private readonly ScenePage _page;
    private readonly IRigClock _clock = RigClock.Create();
    private readonly double[] _placed;

    private VirtualScene(ScenePage page, IReadOnlyList<string> joints)
    {
        _page = page;
        Joints = joints;
        _placed = new double[joints.Count];
    }

    /// <inheritdoc cref="ISceneSensor.Joints"/>
    public IReadOnlyList<string> Joints { get; }

    /// <summary>Opens the scene of a rig whose emulator runs.</summary>
    /// <param name="rig">The rig, its bus with the port that the emulator named.</param>
    /// <exception cref="ScenarioException">The rig describes no scene.</exception>
    /// <exception cref="DeviceException">Its emulator does not run.</exception>
    public static VirtualScene Open(RigDescription rig)
    {
        ArgumentNullException.ThrowIfNull(rig);
        VirtualSceneDescription described = rig.Virtual?.Scene ?? throw new ScenarioException(
            "The rig has no scene that can be seen",
            rig.Path,
            "'virtual.scene' in the rig file",
            remedy: "a rig with objects, such as rigs/peg-virtual.yaml");
        ScenePage page = ScenePage.Open(ScenePage.PathOf(rig.Buses[0].Port));
        if (page.ObjectCount == described.Objects.Count)
        {
            return new VirtualScene(page, described.Objects);
        }

        int found = page.ObjectCount;
        string path = page.Path;
        page.Dispose();
        throw new DeviceException(
            "The emulated scene has other objects than the rig file",
            path,
            $"{described.Objects.Count} object joints",
            $"{found}",
            "start the emulator with this rig file");
    }

    /// <inheritdoc/>
    public SceneStatus TryRead(Span<double> position, out long sampledNanoseconds)
    {
        if (!_page.HasEnded)
        {
            return _page.TryRead(position, out sampledNanoseconds, out _);
        }

        sampledNanoseconds = 0;
        return SceneStatus.Lost;
    }

    /// <inheritdoc/>
    public void Place(ReadOnlySpan<double> position)
    {
        long number = _page.Ask(position);
        long until = _clock.NowNanoseconds + (long)PlaceTimeout.TotalNanoseconds;
        while (_clock.NowNanoseconds < until && !_page.HasEnded)
        {
            if (_page.TryRead(_placed, out _, out long placed) == SceneStatus.Ok
                && placed == number)
            {
                return;
            }

            _clock.SleepUntil(_clock.NowNanoseconds + LookNanoseconds);
        }

        throw new DeviceException(
            "The emulator did not place the objects of its scene",
            _page.Path,
            $"within {PlaceTimeout.TotalSeconds:0} s",
            _page.HasEnded ? "it has ended" : "no answer",
            "see emulate.log of the run: its process may have died");
    }

    /// <summary>Closes it; the emulator goes on.</summary>
    public void Dispose() => _page.Dispose();
}
