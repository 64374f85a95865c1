using HilRig.Sim.Contacts;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// Writes geoms and pairs of geoms into the flat constants and integers. Derived constants of pairs
/// come from PairPhases afterwards.
/// </summary>
internal static class ContactPacker
{
    /// <summary>Writes the primary constants.</summary>
    public static void PackConstants(Model model, Layout layout, Span<double> constants)
    {
        ContactLayout at = layout.Contacts;
        for (int geom = 0; geom < at.GeomCount; geom++)
        {
            Span<double> block = constants[at.OfGeom(geom, 0)..];
            PackGeom(model.Geoms[geom], block);
            if (model.Geoms[geom].HeightField >= 0)
            {
                PackField(model.HeightFields[model.Geoms[geom].HeightField], block);
            }
        }

        IReadOnlyList<CollisionPair> pairs = new PairTable(model).Pairs;
        for (int i = 0; i < pairs.Count; i++)
        {
            Span<double> block = constants[at.OfPair(i, 0)..];
            if (pairs[i].Named >= 0)
            {
                PackNamed(model.ContactPairs[pairs[i].Named], block);
            }
        }
    }

    /// <summary>Writes the integers.</summary>
    public static void PackTopology(Model model, Layout layout, Span<int> topology)
    {
        ContactLayout at = layout.Contacts;
        IReadOnlyList<CollisionPair> pairs = new PairTable(model).Pairs;
        var table = new AssetTable(model, pairs);
        for (int i = 0; i < table.Integers.Count; i++)
        {
            topology[at.TopologyAssets + i] = table.Integers[i];
        }

        for (int geom = 0; geom < at.GeomCount; geom++)
        {
            Span<int> block = topology[at.IndexOfGeom(geom, 0)..];
            int asset = table.Find(model.Geoms[geom]);
            block[ContactSlots.GeomBody] = model.Geoms[geom].Body;
            block[ContactSlots.GeomKind] = (int)model.Geoms[geom].Kind;
            block[ContactSlots.GeomTouches] = 0;
            block[ContactSlots.GeomAsset] = asset < 0 ? -1 : at.TopologyAssets + asset;
        }

        for (int i = 0; i < pairs.Count; i++)
        {
            PackPair(model, pairs[i], topology[at.IndexOfPair(i, 0)..]);
            topology[at.IndexOfGeom(pairs[i].First, ContactSlots.GeomTouches)] = 1;
            topology[at.IndexOfGeom(pairs[i].Second, ContactSlots.GeomTouches)] = 1;
        }

        for (int shapes = 0; shapes <= (int)ShapePair.Count; shapes++)
        {
            topology[at.TopologyShapes + shapes] =
                pairs.Count(pair => (int)pair.Shapes < shapes);
        }

        topology[at.TopologyOptions] = model.Options.ReferenceSafety ? 1 : 0;
    }

    /// <summary>Writes vertices of meshes and elevations of height fields.</summary>
    public static void PackAssets(Model model, Layout layout, Span<float> assets)
    {
        var table = new AssetTable(model, new PairTable(model).Pairs);
        for (int i = 0; i < table.Numbers.Count; i++)
        {
            assets[layout.Contacts.Assets + i] = table.Numbers[i];
        }
    }

    private static void PackPair(Model model, CollisionPair pair, Span<int> block)
    {
        block[ContactSlots.PairFirst] = pair.First;
        block[ContactSlots.PairSecond] = pair.Second;
        block[ContactSlots.PairFirstBody] = model.Geoms[pair.First].Body;
        block[ContactSlots.PairSecondBody] = model.Geoms[pair.Second].Body;
        block[ContactSlots.PairDimension] = pair.Dimension;
        block[ContactSlots.PairMixing] = (int)pair.Mixing;
        bool square = pair.Named >= 0
            ? model.ContactPairs[pair.Named].Softness.Power == 2
            : model.Geoms[pair.First].Softness.Power == 2
                && model.Geoms[pair.Second].Softness.Power == 2;
        block[ContactSlots.PairHasSquareImpedance] = square ? 1 : 0;
    }

    private static void PackGeom(ModelGeom geom, Span<double> block)
    {
        Write(geom.Position, block[ContactSlots.GeomPosition..]);
        geom.Orientation.ToMatrix().CopyTo(block[ContactSlots.GeomRotation..]);
        Write(geom.Size, block[ContactSlots.GeomSize..]);
        block[ContactSlots.GeomRadius] = geom.BoundingRadius;
        Write(geom.Friction, block[ContactSlots.GeomFriction..]);
        block[ContactSlots.GeomSoftnessWeight] = geom.SoftnessWeight;
        block[ContactSlots.GeomReference] = geom.Softness.Reference0;
        block[ContactSlots.GeomReference + 1] = geom.Softness.Reference1;
        PackImpedance(geom.Softness, block[ContactSlots.GeomImpedance..]);
        block[ContactSlots.GeomMargin] = geom.Margin;
        block[ContactSlots.GeomGap] = geom.Gap;
    }

    private static void PackField(ModelHeightField field, Span<double> block)
    {
        block[ContactSlots.GeomSize] = field.RadiusX;
        block[ContactSlots.GeomSize + 1] = field.RadiusY;
        block[ContactSlots.GeomSize + 2] = field.ElevationZ;
        block[ContactSlots.GeomBase] = field.BaseZ;
    }

    private static void PackNamed(ModelContactPair pair, Span<double> block)
    {
        for (int k = 0; k < 5; k++)
        {
            block[ContactSlots.PairFriction + k] = pair.Friction[k];
        }

        block[ContactSlots.PairReference] = pair.Softness.Reference0;
        block[ContactSlots.PairReference + 1] = pair.Softness.Reference1;
        block[ContactSlots.PairFrictionReference] = pair.FrictionReference.Reference0;
        block[ContactSlots.PairFrictionReference + 1] = pair.FrictionReference.Reference1;
        PackImpedance(pair.Softness, block[ContactSlots.PairImpedance..]);
        block[ContactSlots.PairMargin] = pair.Margin;
        block[ContactSlots.PairGap] = pair.Gap;
    }

    private static void PackImpedance(SoftConstraint softness, Span<double> block)
    {
        block[0] = softness.ImpedanceMin;
        block[1] = softness.ImpedanceMax;
        block[2] = softness.Width;
        block[3] = softness.Midpoint;
        block[4] = softness.Power;
    }

    private static void Write(Vector3 vector, Span<double> block)
    {
        block[0] = vector.X;
        block[1] = vector.Y;
        block[2] = vector.Z;
    }
}
