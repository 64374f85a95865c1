using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels.Collision;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Tests.Dynamics.Collision;

/// <summary>
/// One tile of two bodies whose frames a test sets; finds contacts without a step. Lanes differ in
/// the frames only.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal sealed unsafe class CollisionEnv<T>
    where T : unmanaged, IReal<T>
{
    private readonly T[] _work;
    private readonly T[] _constants;
    private readonly int[] _indices;
    private readonly int[] _topology;
    private readonly float[] _assets;
    private readonly Layout _layout;
    private readonly Env<T, PointerWorkMem<T>, PointerMem<T>, PointerIndexMem> _env;

    public CollisionEnv(Model model)
    {
        _layout = ModelPacker.Layout(model);
        double[] constants = new double[_layout.ConstantCount];
        ModelPacker.PackConstants(model, _layout, constants);
        ModelPacker.PackTimeStep(model, _layout, model.Options.TimeStep, constants);
        _constants = GC.AllocateArray<T>(constants.Length, pinned: true);
        for (int i = 0; i < constants.Length; i++)
        {
            _constants[i] = T.Of(constants[i]);
        }

        _topology = GC.AllocateArray<int>(_layout.TopologyCount, pinned: true);
        ModelPacker.PackTopology(model, _layout, _topology);
        _assets = GC.AllocateArray<float>(_layout.AssetCount, pinned: true);
        ModelPacker.PackAssets(model, _layout, _assets);
        _work = GC.AllocateArray<T>(_layout.WorkCount, pinned: true);
        Array.Fill(_work, T.Of(double.NaN));
        _indices = GC.AllocateArray<int>(_layout.IndexCount, pinned: true);
        fixed (T* work = _work)
        fixed (T* flat = _constants)
        fixed (int* indices = _indices)
        fixed (int* topology = _topology)
        fixed (float* assets = _assets)
        {
            _env = new(new(work, indices), new(flat), new(topology, assets), _layout);
        }

        PairPhases<T, PointerWorkMem<T>, PointerMem<T>, PointerIndexMem>.Derive(_env);
    }

    /// <summary>Contacts in the tile's list.</summary>
    public int Count => _indices[_layout.Contacts.ContactCount];

    /// <summary>Contacts that found no room, by lane.</summary>
    public T Overflow => _work[_layout.Contacts.Overflow];

    /// <summary>
    /// Puts body <paramref name="body"/> somewhere, the point of its tree there too.
    /// </summary>
    public void Place(int body, ReadOnlySpan<double> place, ReadOnlySpan<double> turn, int lane)
    {
        for (int k = 0; k < 9; k++)
        {
            Insert(_layout.Rotation + (9 * body) + k, turn[k], lane);
        }

        for (int k = 0; k < 3; k++)
        {
            Insert(_layout.Origin + (3 * body) + k, 0, lane);
            Insert(_layout.TreePoint + (3 * body) + k, place[k], lane);
        }
    }

    public void Collide() =>
        CpuCollision<T, PointerWorkMem<T>, PointerMem<T>, PointerIndexMem>.Collide(_env);

    /// <summary>A number of a contact of one lane, in every lane.</summary>
    public T Get(int contact, int slot, int lane) =>
        T.Broadcast(_work[_layout.Contacts.OfContact(contact, slot)], lane);

    private void Insert(int slot, double value, int lane) =>
        _work[slot] = T.Insert(_work[slot], T.Of(value), lane);
}
