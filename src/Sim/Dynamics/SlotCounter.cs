namespace HilRig.Sim.Dynamics;

/// <summary>Hands out the slots of one env, section by section.</summary>
internal sealed class SlotCounter
{
    /// <summary>Numbers of the workspace so far.</summary>
    public int WorkCount { get; private set; }

    /// <summary>Integers of the workspace so far.</summary>
    public int IndexCount { get; private set; }

    /// <summary>Constants so far.</summary>
    public int ConstantCount { get; private set; }

    /// <summary>Integers of the model so far.</summary>
    public int TopologyCount { get; private set; }

    /// <summary>Numbers of the model's assets so far.</summary>
    public int AssetCount { get; private set; }

    /// <summary>First of the next numbers of the workspace.</summary>
    public int Work(int count)
    {
        int first = WorkCount;
        WorkCount += count;
        return first;
    }

    /// <summary>First of the next integers of the workspace.</summary>
    public int Index(int count)
    {
        int first = IndexCount;
        IndexCount += count;
        return first;
    }

    /// <summary>First of the next constants.</summary>
    public int Constant(int count)
    {
        int first = ConstantCount;
        ConstantCount += count;
        return first;
    }

    /// <summary>First of the next integers of the model.</summary>
    public int Topology(int count)
    {
        int first = TopologyCount;
        TopologyCount += count;
        return first;
    }

    /// <summary>First of the next numbers of the model's assets.</summary>
    public int Asset(int count)
    {
        int first = AssetCount;
        AssetCount += count;
        return first;
    }
}
